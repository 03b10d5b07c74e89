import { authCases } from "./auth-cases.ts";
import type { ContractCase } from "./contract-case.ts";
import { methodCases } from "./method-cases.ts";
import { acceptCases, conditionalCases, corsCases, headCases } from "./negotiation-cases.ts";
import { pathCases } from "./path-cases.ts";
import type { PlanInput } from "./plan-input.ts";
import { knownCases, readCases } from "./read-cases.ts";
import { tenantCases } from "./tenant-cases.ts";

/** The named cases for one operation, in the order they are sent. Pure: it sends nothing. */
export function createPlan(input: PlanInput): readonly ContractCase[] {
  return [
    ...knownCases(input),
    ...readCases(input),
    ...tenantCases(input),
    ...authCases(input),
    ...pathCases(input),
    ...methodCases(input),
    ...acceptCases(input),
    ...headCases(input),
    ...conditionalCases(input),
    ...corsCases(input),
  ];
}
