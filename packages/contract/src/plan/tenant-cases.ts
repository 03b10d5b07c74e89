import type { CaseDraft } from "./case-writer.ts";
import { caseId, denied, writeCases } from "./case-writer.ts";
import type { ContractCase } from "./contract-case.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, ownerParameter, resourceParameter } from "./plan-input.ts";

/** The access matrix: two tenants, their resources and their keys, in every combination. */
export function tenantCases(input: PlanInput): readonly ContractCase[] {
  const [resource, owner] = [resourceParameter(input), ownerParameter(input)];
  if (resource === undefined || owner === undefined) return [];
  const target = firstTarget(input);
  const { owner: otherOwner, resource: otherResource } = input.other;
  const foreignResource =
    otherResource === undefined ? undefined : { ...target, [resource]: otherResource };
  const foreignOwner = otherOwner === undefined ? undefined : { ...target, [owner]: otherOwner };
  const theirs = foreignResource &&
    foreignOwner && { ...foreignResource, ...foreignOwner, [resource]: otherResource ?? "" };
  return writeCases(input, "access", [
    ...theirOwn(input, theirs),
    ...draft(input, "foreign-resource", "access/foreign-resource-served", foreignResource),
    ...draft(input, "foreign-owner", "access/foreign-owner-served", foreignOwner),
    ...draft(input, "foreign-owner-and-resource", "access/foreign-owner-served", theirs),
    ...otherKeyDrafts(input, target),
  ]);
}

function draft(
  input: PlanInput,
  name: string,
  whenServed: string,
  parameters: ParameterValues | undefined,
): readonly CaseDraft[] {
  if (parameters === undefined) return [];
  return [
    {
      name,
      purpose: "Another tenant's resource gets the same response as one that does not exist.",
      parameters,
      expect: denied(input, whenServed),
      comparedWith: name === "foreign-resource" ? caseId(input, "read", "absent") : undefined,
    },
  ];
}

/** The other tenant reads its own first: what it sees must not appear anywhere else. */
function theirOwn(input: PlanInput, theirs: ParameterValues | undefined): readonly CaseDraft[] {
  if (theirs === undefined || input.other.key === undefined) return [];
  return [
    {
      name: "other-owner",
      purpose: "The other tenant is served its own resource.",
      parameters: theirs,
      vary: { key: input.other.key },
      expect: { statuses: ["2XX"], otherwise: "access/other-owner-refused" },
      readsAsOwner: true,
    },
  ];
}

function otherKeyDrafts(input: PlanInput, target: ParameterValues): readonly CaseDraft[] {
  const { key } = input.other;
  if (key === undefined) return [];
  return [
    {
      name: "other-key-own-resource",
      purpose:
        "The other tenant's key does not open the resource, not even just after its owner read it.",
      parameters: target,
      vary: { key },
      expect: denied(input, "access/other-key-served"),
    },
  ];
}
