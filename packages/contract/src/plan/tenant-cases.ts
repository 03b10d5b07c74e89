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
  const { owner: otherOwner, resource: otherResource, key } = input.other;
  const foreignResource = otherResource === undefined ? {} : { [resource]: otherResource };
  const foreignOwner = otherOwner === undefined ? {} : { [owner]: otherOwner };
  const hasBoth = otherResource !== undefined && otherOwner !== undefined;
  const theirs = { ...target, ...foreignOwner, ...foreignResource };
  const drafts: CaseDraft[] = [];
  // The other tenant reads its own first: what it sees must not appear anywhere else.
  if (hasBoth && key !== undefined) {
    drafts.push({
      name: "other-owner",
      purpose: "The other tenant is served its own resource.",
      parameters: theirs,
      vary: { key },
      expect: { statuses: ["2XX"], otherwise: "access/other-owner-refused" },
      readsAsOwner: true,
    });
  }
  const foreign = (name: string, whenServed: string, parameters: ParameterValues): CaseDraft => ({
    name,
    purpose: "Another tenant's resource gets the same response as one that does not exist.",
    parameters: { ...target, ...parameters },
    expect: denied(input, whenServed),
  });
  if (otherResource !== undefined) {
    drafts.push({
      ...foreign("foreign-resource", "access/foreign-resource-served", foreignResource),
      comparedWith: caseId(input, "read", "absent"),
    });
  }
  if (otherOwner !== undefined)
    drafts.push(foreign("foreign-owner", "access/foreign-owner-served", foreignOwner));
  if (hasBoth)
    drafts.push(foreign("foreign-owner-and-resource", "access/foreign-owner-served", theirs));
  if (key !== undefined) {
    drafts.push({
      name: "other-key-own-resource",
      purpose:
        "The other tenant's key does not open the resource, not even just after its owner read it.",
      vary: { key },
      expect: denied(input, "access/other-key-served"),
    });
  }
  return writeCases(input, "access", drafts);
}
