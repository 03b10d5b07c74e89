import type { ContractCase, Expectation, Family } from "./contract-case.ts";
import type { RequestVariation } from "./build-request.ts";
import { buildRequest } from "./build-request.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, isDocumented } from "./plan-input.ts";

/** What the author of a case writes down; the rest follows. */
export interface CaseDraft {
  readonly name: string;
  readonly purpose: string;
  readonly vary?: RequestVariation | undefined;
  /** @default the first target */
  readonly parameters?: ParameterValues;
  readonly expect?: Expectation;
  /** @default "operation" */
  readonly scope?: ContractCase["scope"];
  /** @default false */
  readonly readsAsOwner?: boolean;
  readonly comparedWith?: string | undefined;
  /** @default made from `vary` */
  readonly request?: ContractCase["request"];
}

/** Turns drafts into cases of one family. The id of a case names the operation only where there are several. */
export function writeCases(
  input: PlanInput,
  family: Family,
  drafts: readonly CaseDraft[],
): readonly ContractCase[] {
  return drafts.map((draft) => {
    const parameters = draft.parameters ?? firstTarget(input);
    return {
      id: caseId(input, family, draft.name),
      family,
      operationId: input.operation.id,
      purpose: draft.purpose,
      request: draft.request ?? buildRequest(input, parameters, draft.vary),
      parameters,
      scope: draft.scope ?? "operation",
      readsAsOwner: draft.readsAsOwner ?? false,
      expect: draft.expect,
      comparedWith: draft.comparedWith,
    };
  });
}

/** The id of a case. */
export function caseId(
  { operation, specification }: PlanInput,
  family: string,
  name: string,
): string {
  return specification.operations.length === 1
    ? `${family}/${name}`
    : `${operation.id}:${family}/${name}`;
}

/** A resource that exists is served. */
export const known: Expectation = {
  statuses: ["2XX"],
  otherwise: "read/known-resource-not-served",
};

/** 404, or a refusal that the document has. */
export function denied(input: PlanInput, whenServed: string): Expectation {
  const refusals = [401, 403].filter((status) => isDocumented(input, status));
  return { statuses: [404, ...refusals], whenServed, otherwise: "access/foreign-status" };
}
