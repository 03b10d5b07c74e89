import { accessCases } from "./access-cases.ts";
import { authCases } from "./auth-cases.ts";
import { keepAliveCases, parallelCases } from "./concurrency-cases.ts";
import type { PlannedCase } from "./contract-case.ts";
import { methodCases } from "./method-cases.ts";
import { acceptCases, conditionalCases, corsCases, headCases } from "./negotiation-cases.ts";
import { pathCases } from "./path-cases.ts";
import type { PlanInput } from "./plan-input.ts";
import { queryCases } from "./query-cases.ts";
import { knownCases, readCases } from "./read-cases.ts";

/** The named cases for one operation, in the order they are sent. Pure: it sends nothing. */
export function createPlan(input: PlanInput): readonly PlannedCase[] {
  return [
    ...knownCases(input),
    ...readCases(input),
    ...accessCases(input),
    ...authCases(input),
    ...parallelCases(input),
    ...keepAliveCases(input),
    ...pathCases(input),
    ...queryCases(input),
    ...methodCases(input),
    ...acceptCases(input),
    ...headCases(input),
    ...conditionalCases(input),
    ...corsCases(input),
  ];
}
