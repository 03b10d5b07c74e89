import { templateParameters } from "@qontext/sync-log-document";
import { absentValue, seededHex } from "./absent-value.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, denied, known, writeCases } from "./case-writer.ts";
import type { ContractCase } from "./contract-case.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { parameterExamples } from "./parameter-examples.ts";
import { firstTarget, ownerParameter, resourceParameter } from "./plan-input.ts";

/** The first request for each target: without a success here nothing can be judged. */
export function knownCases(input: PlanInput): readonly ContractCase[] {
  return writeCases(
    input,
    "read",
    input.targets.map((parameters, index) => ({
      name: `known-${index + 1}`,
      purpose: "A resource that exists is served to its owner, as documented.",
      parameters,
      expect: known,
      readsAsOwner: true,
    })),
  );
}

/** Ordinary reads: repeated, of a missing resource, of the examples, with an unknown query parameter. */
export function readCases(input: PlanInput): readonly ContractCase[] {
  const repeats = input.targets.flatMap((parameters, target) =>
    (target === 0 ? [1, 2] : [1]).map((count): CaseDraft => ({
      name: `repeat-${target + 1}.${count}`,
      purpose: "Reading again shows the same state, or a later one.",
      parameters,
      expect: known,
      readsAsOwner: true,
    })),
  );
  const drafts: CaseDraft[] = [
    ...repeats,
    ...absentCases(input),
    ...exampleCases(input),
    {
      name: "unknown-query",
      purpose: "An unknown query parameter changes nothing, or is refused with 400.",
      vary: { rawQuery: `utm_source=${seededHex(input.seed, "query").slice(0, 8)}` },
      expect: { statuses: ["2XX", 400], otherwise: "read/query-refused" },
      readsAsOwner: true,
    },
  ];
  return writeCases(input, "read", drafts);
}

function absentCases(input: PlanInput): readonly CaseDraft[] {
  const target = firstTarget(input);
  const resource = resourceParameter(input);
  // Without a credential, resources have no owner.
  const owner = input.credential === undefined ? undefined : ownerParameter(input);
  const drafts: CaseDraft[] = [];
  const absent =
    resource === undefined
      ? undefined
      : absentValue(input, resource, target[resource] ?? "", "absent");
  if (resource !== undefined && absent !== undefined) {
    drafts.push({
      name: "absent",
      purpose: "A well-formed id of a resource that does not exist gets 404.",
      parameters: { ...target, [resource]: absent },
      expect: {
        statuses: [404],
        whenServed: "access/absent-resource-served",
        otherwise: "read/absent-status",
      },
    });
  }
  const nobody =
    owner === undefined ? undefined : absentValue(input, owner, target[owner] ?? "", "nobody");
  if (owner !== undefined && nobody !== undefined) {
    drafts.push({
      name: "absent-owner",
      purpose: "A resource is not served under an owner that it does not have.",
      parameters: { ...target, [owner]: nobody },
      expect: denied(input, "access/owner-ignored"),
      comparedWith: caseId(input, "read", "absent"),
    });
  }
  return drafts;
}

function exampleCases(input: PlanInput): readonly CaseDraft[] {
  const target = firstTarget(input);
  const values: ParameterValues = Object.fromEntries(
    input.operation.parameters.flatMap((parameter) =>
      parameterExamples(input.specification.document, parameter)
        .slice(0, 1)
        .map((example) => [parameter.name, example]),
    ),
  );
  const names = templateParameters(input.operation.path);
  const isComplete = names.length > 0 && names.every((name) => values[name] !== undefined);
  const isTarget = names.every((name) => values[name] === target[name]);
  if (!isComplete || isTarget) return [];
  return [
    {
      name: "documented-examples",
      purpose: "The ids in the document's examples are found or not found.",
      parameters: {
        ...target,
        ...Object.fromEntries(names.map((name) => [name, values[name] ?? ""])),
      },
      expect: {
        statuses: ["2XX", ...denied(input, "").statuses],
        otherwise: "read/example-status",
      },
    },
  ];
}
