import type { RequestVariation } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, denied, known, refusal, writeCase } from "./case-writer.ts";
import type { CaseSeries, ContractCase, Expectation, Family } from "./contract-case.ts";
import { keyVariants } from "./key-variants.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, foreignTarget } from "./plan-input.ts";

/** A request of one of several callers. */
type Ask = Pick<CaseDraft, "parameters" | "vary" | "caller" | "comparedWith" | "readsAsOwner"> & {
  readonly expect: Expectation;
};

const served = { expect: known, readsAsOwner: true } as const;

/** Who asks for what, with the response that each gets when nobody else does. */
function asks(input: PlanInput): {
  readonly own: readonly Ask[];
  readonly theirs: readonly Ask[];
  readonly refused: readonly Ask[];
} {
  const { key, other } = input;
  // Two suffice, and the others are still where they were when they are watched.
  const own = input.targets.slice(0, 2).map((parameters) => ({ parameters, ...served }));
  const foreign = foreignTarget(input, "all");
  const ask = (
    vary: RequestVariation,
    expect: Expectation,
    parameters: ParameterValues = firstTarget(input),
  ): Ask => ({ parameters, vary, expect });
  if (key === undefined) return { own, theirs: [], refused: [] };
  const alone = (family: Family, name: string): Pick<Ask, "comparedWith"> => ({
    comparedWith: caseId(input, family, name),
  });
  const anonymous: Ask = {
    ...ask({ key: undefined }, refusal(input, "auth/missing-key-accepted")),
    ...alone("auth", "missing-key"),
  };
  const wrong: Ask = {
    ...ask({ key: keyVariants(key, input.seed).wrong }, refusal(input, "auth/wrong-key-accepted")),
    ...alone("auth", "wrong-key"),
  };
  const refusedTheirs: readonly Ask[] =
    foreign === undefined
      ? []
      : [
          {
            ...ask({}, denied(input, "access/foreign-owner-served"), foreign),
            ...alone("access", "foreign-owner-and-resource"),
          },
        ];
  if (other.key === undefined)
    return { own, theirs: [], refused: [anonymous, wrong, ...refusedTheirs] };
  const theirs =
    foreign === undefined
      ? []
      : [{ parameters: foreign, vary: { key: other.key }, ...served, caller: "other" as const }];
  const otherKey = {
    ...ask({ key: other.key }, denied(input, "access/other-key-served")),
    ...alone("access", "other-key-own-resource"),
    caller: "other" as const,
  };
  return { own, theirs, refused: [anonymous, otherKey, wrong, ...refusedTheirs] };
}

function series(
  input: PlanInput,
  family: Family,
  about: { readonly name: string; readonly purpose: string },
  manner: CaseSeries["manner"],
  rounds: readonly (readonly Ask[])[],
): CaseSeries {
  const step = (ask: Ask): ContractCase => ({
    ...writeCase(input, family, { ...about, ...ask }),
    side: ask.expect === known ? "served" : "refused",
  });
  return {
    id: caseId(input, family, about.name),
    family,
    operationId: input.operation.id,
    purpose: about.purpose,
    manner,
    rounds: rounds.map((round) => round.map(step)),
    plannedRounds: rounds.length,
  };
}

/** Requests that overlap: of the resources of one tenant, and of both. */
export function parallelCases(input: PlanInput): readonly CaseSeries[] {
  const { own, theirs, refused } = asks(input);
  const mixed = Array.from({ length: 3 }, (_none, index) =>
    own.flatMap((ask, position) => [
      ask,
      ...refused.slice((index + position) % Math.max(1, refused.length)).slice(0, 1),
      ...(theirs.length > 0 ? theirs : own.slice(position + 1, position + 2)),
    ]),
  );
  return [
    series(
      input,
      "parallel",
      {
        name: "interleaved",
        purpose: "Requests that overlap get what each of them gets alone.",
      },
      "at once",
      // The other way round, whoever was first before is last.
      mixed.map((round, index) => (index % 2 === 0 ? round : round.toReversed())),
    ),
  ];
}

/** Several callers on one connection, as behind a proxy. */
export function keepAliveCases(input: PlanInput): readonly CaseSeries[] {
  const { own, theirs, refused } = asks(input);
  const [first] = own;
  if (first === undefined || refused.length === 0) return [];
  const missing = refusal(input, "auth/missing-key-accepted");
  const anonymousHead: Ask = {
    parameters: firstTarget(input),
    vary: { key: undefined, method: "HEAD" },
    expect: { ...missing, statuses: [...missing.statuses, 400, 404, 405, 501] },
  };
  const callers = [...refused.slice(0, 2), anonymousHead, ...theirs, ...refused.slice(2)];
  const purpose = "On one connection each request is answered by its own key.";
  return [
    series(input, "keep-alive", { name: "callers", purpose }, "on one connection", [
      [first, ...callers.flatMap((ask) => [ask, first])],
    ]),
  ];
}
