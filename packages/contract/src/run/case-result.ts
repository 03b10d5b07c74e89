import type { Family } from "../plan/contract-case.ts";

/** The outcome of a case. Only `passed` is a pass. */
export type CaseOutcome = "passed" | "failed" | "warned" | "not judged" | "skipped";

/** A case with its outcome. */
export interface CaseResult {
  readonly id: string;
  readonly family: Family;
  readonly operationId: string;
  readonly purpose: string;
  readonly outcome: CaseOutcome;
  /** Why it was not judged or skipped. */
  readonly reason?: string;
  readonly status?: number;
  readonly requests: number;
  readonly durationMs: number;
  /** Ids of the checks that it violated. */
  readonly violated: readonly string[];
}
