import type { Severity } from "../checks/check.ts";

/** Something in which a provider does not keep the contract, once, however often it was seen. */
export interface Violation {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly operationId: string;
  /** Where in the body, as a JSON pointer; absent if it is not about a place in the body. */
  readonly pointer?: string;
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  readonly fix: string;
  /** The smallest request that shows it, as a line for a shell. */
  readonly curl: string;
  /** Ids of the cases that showed it, each once. */
  readonly cases: readonly string[];
}
