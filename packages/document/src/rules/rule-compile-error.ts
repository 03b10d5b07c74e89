import type { DocumentErrorDetails, SourcePlace } from "../document-error.ts";
import { afterPlace } from "../document-error.ts";

/** Why a rule does not compile. */
export type RuleCompileErrorCode =
  /** It is not CEL. */
  | "rule_syntax"
  /** It names an unknown function, variable or operator. */
  | "rule_type"
  /** It does not give true or false. */
  | "rule_not_boolean"
  /** It mentions nothing that can change, so it could never fail. */
  | "rule_constant"
  /** It speaks of statuses where there is no lifecycle. */
  | "rule_needs_lifecycle"
  /** Another rule of the list has its id. */
  | "rule_duplicate_id";

/** Thrown for a rule that does not compile. */
export class RuleCompileError extends Error {
  override readonly name = "RuleCompileError";
  /** Stable, for programs. */
  readonly code: RuleCompileErrorCode;
  /** The id of the invariant. */
  readonly id: string;
  /** The CEL expression. */
  readonly rule: string;
  /** What is wrong, without the place. */
  readonly problem: string;
  /** Place of the invariant in its document, as a JSON pointer that starts with `#`; null if it is not known. */
  readonly pointer: string | null;
  /** File, line and column; null if they are not known. */
  readonly place: SourcePlace | null;

  /** @param problem - What follows the name of the rule. */
  constructor(
    code: RuleCompileErrorCode,
    invariant: { readonly id: string; readonly rule: string },
    problem: string,
    details: DocumentErrorDetails = {},
  ) {
    const sentence = `The rule of the invariant "${invariant.id}" ${problem}`;
    super(afterPlace(sentence, details), "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.id = invariant.id;
    this.rule = invariant.rule;
    this.problem = sentence;
    this.pointer = details.pointer ?? null;
    this.place = details.place ?? null;
  }
}
