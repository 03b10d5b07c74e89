import type { Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";

/** 404, or a refusal that the document knows. */
export function denied(input: PlanInput, whenServed: string): Expectation {
  const refusals = [401, 403].filter((status) =>
    input.operation.responses.some((one) => one.key === String(status)),
  );
  return { statuses: [404, ...refusals], whenServed, otherwise: "access/foreign-status" };
}
