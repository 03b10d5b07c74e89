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
  return drafts.map((draft) => writeCase(input, family, draft));
}

/** Turns a draft into a case. */
export function writeCase(input: PlanInput, family: Family, draft: CaseDraft): ContractCase {
  const { name, vary, parameters = firstTarget(input), ...given } = draft;
  return {
    id: caseId(input, family, name),
    family,
    operationId: input.operation.id,
    request: buildRequest(input, parameters, vary),
    parameters,
    scope: "operation",
    readsAsOwner: false,
    ...given,
  };
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

/** A case that is served, and shows the resource as its owner sees it. */
export function reading(name: string, purpose: string): CaseDraft {
  return { name, purpose, expect: known, readsAsOwner: true };
}

/** 404, or a refusal that the document has. */
export function denied(input: PlanInput, whenServed: string): Expectation {
  const refusals = [401, 403].filter((status) => isDocumented(input, status));
  return { statuses: [404, ...refusals], whenServed, otherwise: "access/foreign-status" };
}
