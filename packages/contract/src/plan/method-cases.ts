import { Buffer } from "node:buffer";
import { tool } from "../face.ts";
import { absentTarget } from "./absent-value.ts";
import { buildRequest } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { writeCases } from "./case-writer.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, narrowestParameter } from "./plan-input.ts";

const refused: Expectation = {
  statuses: [404, 405, 501],
  whenServed: "method/undocumented-method-served",
  otherwise: "method/status",
};

/**
 * Methods that are not documented. Those that could change data go to a resource that does not exist, unless data may be
 * touched: a service with an undocumented DELETE would carry it out.
 */
export function methodCases(input: PlanInput): readonly ContractCase[] {
  const { operations } = input.specification.document;
  const siblings = operations.filter(({ path }) => path === input.operation.path);
  const documented = new Set(siblings.map(({ method }) => method));
  const changing = ["POST", "PUT", "PATCH", "DELETE"].filter((method) => !documented.has(method));
  const parameters = input.mayTouchData ? firstTarget(input) : harmlessTarget(input);
  const accepting = (...statuses: Expectation["statuses"]): Expectation => ({
    ...refused,
    statuses: [...refused.statuses, ...statuses],
  });
  const drafts: readonly CaseDraft[] = [
    ...changing.map((method) => ({
      name: method.toLowerCase(),
      purpose: `${method} is not documented, so it is not served: 404, or 405 with Allow.`,
      parameters,
      request: changingRequest(input, method, parameters),
      expect: accepting(400, 401, 403, 411, 415),
    })),
    {
      name: "trace",
      purpose: "TRACE is not served: it would return the key.",
      vary: { method: "TRACE" },
      expect: { ...accepting(400, 403), whenServed: "method/trace-served" },
    },
    {
      name: "unknown",
      purpose: "A method that does not exist is not served.",
      vary: { method: "PROPFIND" },
      expect: accepting(400, 403),
    },
    {
      name: "options",
      purpose: "OPTIONS lists the methods, or is not supported.",
      vary: { method: "OPTIONS" },
      expect: { statuses: ["2XX", 401, 403, ...refused.statuses], otherwise: "method/status" },
    },
  ];
  return writeCases(
    input,
    "method",
    drafts.map((draft) => ({ ...draft, scope: "http" })),
  );
}

function harmlessTarget(input: PlanInput): ParameterValues {
  const target = firstTarget(input);
  const resource = narrowestParameter(input);
  if (resource === undefined) return target;
  return (
    absentTarget(input, resource, "method") ?? { ...target, [resource]: `${tool.name}-absent` }
  );
}

function changingRequest(
  input: PlanInput,
  method: string,
  parameters: ParameterValues,
): ContractCase["request"] {
  if (method === "DELETE") return buildRequest(input, parameters, { method });
  const body = Buffer.from("{}");
  const headers = [
    ["Content-Type", "application/json"],
    ["Content-Length", String(body.length)],
  ] as const;
  return { ...buildRequest(input, parameters, { method, headers }), body };
}
