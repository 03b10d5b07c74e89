import { templateParameters } from "@qontext/sync-log-document";
import { absentTarget, seededHex } from "./absent-value.ts";
import type { CaseDraft } from "./case-writer.ts";
import { denied, reading, writeCases } from "./case-writer.ts";
import type { ContractCase } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { parameterExamples } from "./parameter-examples.ts";
import { firstTarget, isCollection, resourceParameter } from "./plan-input.ts";

/** The first request for each target: without a success here nothing can be judged. */
export function knownCases(input: PlanInput): readonly ContractCase[] {
  const purpose = "A resource that exists is served to its owner, as documented.";
  const drafts = input.targets.map((parameters, index) => ({
    ...reading(`known-${index + 1}`, purpose),
    parameters,
  }));
  return writeCases(input, "read", drafts);
}

/** Ordinary reads: repeated, of a missing resource, of the examples, with an unknown query parameter. */
export function readCases(input: PlanInput): readonly ContractCase[] {
  // Other cases read a list again, and its items are compared with the resources that are.
  const repeated = isCollection(input) ? [] : input.targets;
  const repeats = repeated.flatMap((parameters, target) =>
    (target === 0 ? [1, 2] : [1]).map((count) => ({
      ...reading(
        `repeat-${target + 1}.${count}`,
        "Reading again shows the same state, or a later one.",
      ),
      parameters,
    })),
  );
  const unknownQuery: CaseDraft = {
    ...reading(
      "unknown-query",
      "An unknown query parameter changes nothing, or is refused with 400.",
    ),
    vary: { rawQuery: `utm_source=${seededHex(input.seed, "query").slice(0, 8)}` },
    expect: { statuses: ["2XX", 400], otherwise: "read/query-refused" },
  };
  const drafts = [...repeats, ...absentCases(input), ...exampleCases(input), unknownQuery];
  return writeCases(input, "read", drafts);
}

function absentCases(input: PlanInput): readonly CaseDraft[] {
  const absent = absentTarget(input, resourceParameter(input), "absent");
  if (absent === undefined) return [];
  return [
    {
      name: "absent",
      purpose: "A well-formed id of a resource that does not exist gets 404.",
      parameters: absent,
      expect: {
        statuses: [404],
        whenServed: "access/absent-resource-served",
        otherwise: "read/absent-status",
      },
    },
  ];
}

function exampleCases(input: PlanInput): readonly CaseDraft[] {
  const target = firstTarget(input);
  const { operation, specification } = input;
  const names = templateParameters(operation.path);
  const shown = names.flatMap((name) => {
    const parameter = operation.parameters.find((one) => one.name === name);
    const examples = parameter && parameterExamples(specification.document, parameter);
    return (examples ?? []).slice(0, 1).map((example) => [name, example] as const);
  });
  const isTarget = shown.every(([name, value]) => value === target[name]);
  if (shown.length < names.length || isTarget) return [];
  return [
    {
      name: "documented-examples",
      purpose: "The ids in the document's examples are found or not found.",
      parameters: { ...target, ...Object.fromEntries(shown) },
      expect: {
        statuses: ["2XX", ...denied(input, "").statuses],
        otherwise: "read/example-status",
      },
    },
  ];
}
