/** Why a rating of ours differs from oasdiff's. */
export interface DisagreementReason {
  /**
   * `client`: the two look at different things, and a client's view is the other one. `later`: later versions of
   * oasdiff rate it as we do. `ours`: oasdiff's rating would serve a client as well or better.
   */
  readonly kind: "client" | "later" | "ours";
  readonly reason: string;
}

const removedMethod =
  "Whether or not the server announced it, the method is gone from the generated client: code that calls it does not compile.";
const errorStatus =
  "The shape of this error is gone from the generated types, and a client that handled it handles something else now.";
const operationName =
  "The operation's id is the name of the generated method: code that calls it does not compile.";
const knownValue =
  "The value has a name in the generated lists and types: code that compares with it does not compile.";
const prefix =
  "The first place goes from one schema to another that shares no value with it, in either direction: `string[]` becomes `[number]`.";
const noLongerSent =
  "A property that becomes read-only has no place in a request any more: what a client sends in it is ignored or refused.";
const noLongerAnswered =
  "A property that becomes write-only is not answered any more: a client that reads it finds nothing.";
const notSent =
  "The property is read-only, so that no request has it (OpenAPI 3.0.4, section 4.7.24.2); of what is answered the pattern promises more.";

const lostIndex =
  "The generated type has no index signature any more: code that passes a further property does not compile.";

/** By the number that the case's name begins with. */
export const disagreementReasons: Readonly<Record<string, DisagreementReason>> = {
  "008": { kind: "client", reason: removedMethod },
  "013": { kind: "client", reason: removedMethod },
  "015": { kind: "client", reason: removedMethod },
  "019": { kind: "client", reason: "Calls without credentials were accepted and are now refused." },
  "022": {
    kind: "client",
    reason:
      "Credentials with the old scopes were accepted and are now refused. Later versions of oasdiff rate it ERR.",
  },
  "090": { kind: "client", reason: errorStatus },
  "091": { kind: "client", reason: operationName },
  "095": { kind: "client", reason: knownValue },
  "097": { kind: "client", reason: errorStatus },
  "101": { kind: "client", reason: notSent },
  "102": { kind: "client", reason: notSent },
  "108": {
    kind: "later",
    reason:
      "The parameter had no default that was documented: every call is still accepted, and what it means is said now. Later versions of oasdiff rate it INFO.",
  },
  "117": {
    kind: "client",
    reason:
      "The scheme has a name in the generated `securitySchemes`: code that reads it does not compile.",
  },
  "119": { kind: "client", reason: operationName },
  "174": {
    kind: "client",
    reason:
      "oasdiff's test ran without looking into parameters of the whole path. The bound is lowered, and calls are refused.",
  },
  "205": {
    kind: "client",
    reason:
      "What `allOf` gains is one optional property, which may be sent and need not be: beside the others oasdiff, too, rates that INFO.",
  },
  "247": {
    kind: "client",
    reason: "Requests that left it out, and were right to, mean something else now.",
  },
  "276": { kind: "client", reason: noLongerSent },
  "281": { kind: "client", reason: noLongerSent },
  "301": { kind: "client", reason: prefix },
  "306": {
    kind: "ours",
    reason:
      '`required: [""]` demands a property with an empty name, so that every request that was accepted is refused. The case means a property that became optional.',
  },
  "320": { kind: "client", reason: lostIndex },
  "321": { kind: "client", reason: lostIndex },
  "331": { kind: "client", reason: noLongerSent },
  "335": { kind: "client", reason: noLongerSent },
  "348": { kind: "client", reason: noLongerAnswered },
  "354": {
    kind: "later",
    reason:
      "A response without the pattern may hold text that validators of the old version refuse. Later versions of oasdiff rate it ERR.",
  },
  "402": { kind: "client", reason: knownValue },
  "403": { kind: "client", reason: knownValue },
  "420": { kind: "client", reason: prefix },
  "441": { kind: "client", reason: noLongerAnswered },
};
