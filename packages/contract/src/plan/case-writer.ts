import type { ContractCase, Expectation, Family } from "./contract-case.ts";
import type { RequestVariation } from "./build-request.ts";
import { buildRequest } from "./build-request.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, isDocumented, listPointer } from "./plan-input.ts";

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
  readonly listedBy?: string | undefined;
  readonly caller?: ContractCase["caller"];
  readonly impliedBy?: string | undefined;
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

/** 404, or a refusal that the document has. Of a collection a list without items refuses as well. */
export function denied(input: PlanInput, whenServed: string): Expectation {
  const refusals = [401, 403].filter((status) => isDocumented(input, status));
  return {
    statuses: [404, ...refusals],
    whenServed,
    otherwise: "access/foreign-status",
    takesList: emptyList(input),
  };
}

/** Of a collection: a list without items says what 404 says. */
export function emptyList(input: PlanInput): Expectation["takesList"] {
  const pointer = listPointer(input);
  return pointer === undefined ? undefined : { pointer, hasItems: false };
}

/** Which statuses refuse a credential. Where the document has 401, a missing credential gets only that. */
export function refusal(input: PlanInput, whenServed: string): Expectation {
  const others = [403, 404].filter((status) => isDocumented(input, status));
  const isMissing =
    whenServed === "auth/missing-key-accepted" || whenServed === "auth/empty-key-accepted";
  const statuses = isMissing && isDocumented(input, 401) ? [401] : [401, ...others];
  return { statuses, whenServed, otherwise: "auth/unauthenticated-status" };
}
