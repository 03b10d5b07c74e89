import type { ContractCase, Expectation, Family } from "./contract-case.ts";
import type { RequestVariation } from "./build-request.ts";
import { buildRequest } from "./build-request.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";

/** What the author of a case writes down; the rest follows. */
export interface CaseDraft {
  readonly name: string;
  readonly purpose: string;
  readonly vary?: RequestVariation;
  /** @default the first target */
  readonly parameters?: ParameterValues;
  readonly expect?: Expectation;
  /** @default "operation" */
  readonly scope?: ContractCase["scope"];
  /** @default false */
  readonly readsAsOwner?: boolean;
  readonly sameAnswerAs?: string;
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
      ...(draft.expect === undefined ? {} : { expect: draft.expect }),
      ...(draft.sameAnswerAs === undefined ? {} : { sameAnswerAs: draft.sameAnswerAs }),
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

/** The parameters of the resource that most cases use. */
export function firstTarget(input: PlanInput): ParameterValues {
  return input.targets[0] ?? {};
}
