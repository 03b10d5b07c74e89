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
const extension =
  "The extension describes how the server is run. Nothing that a client sends, reads or compiles against changes.";
const defaultValue =
  "The server's default for a parameter that is left out: every call is still accepted, so that a minor announces it. Later versions of oasdiff rate it INFO.";
const prefix =
  "The first place goes from one schema to another that shares no value with it, in either direction: `string[]` becomes `[number]`.";
const readOnly =
  "A property that becomes read-only should not be sent any more, but consumers that send back what they read do, and the lower bound refuses them. We stay on the safe side.";

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
  "026": { kind: "client", reason: extension },
  "028": { kind: "client", reason: extension },
  "090": { kind: "client", reason: errorStatus },
  "091": { kind: "client", reason: operationName },
  "097": { kind: "client", reason: errorStatus },
  "107": { kind: "later", reason: defaultValue },
  "108": { kind: "later", reason: defaultValue },
  "119": { kind: "client", reason: operationName },
  "159": { kind: "client", reason: extension },
  "174": {
    kind: "client",
    reason:
      "oasdiff's test ran without looking into parameters of the whole path. The bound is lowered, and calls are refused.",
  },
  "276": { kind: "ours", reason: readOnly },
  "281": { kind: "ours", reason: readOnly },
  "301": { kind: "client", reason: prefix },
  "306": {
    kind: "ours",
    reason:
      '`required: [""]` demands a property with an empty name, so that every request that was accepted is refused. The case means a property that became optional.',
  },
  "354": {
    kind: "later",
    reason:
      "A response without the pattern may hold text that validators of the old version refuse. Later versions of oasdiff rate it ERR.",
  },
  "420": { kind: "client", reason: prefix },
  "439": {
    kind: "client",
    reason:
      "A write-only property is not answered, but the generated type has it: code that reads it does not compile.",
  },
};
