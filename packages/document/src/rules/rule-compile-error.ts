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

  constructor(
    code: RuleCompileErrorCode,
    invariant: { readonly id: string; readonly rule: string },
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`The rule of the invariant "${invariant.id}" ${problem}`, options);
    this.code = code;
    this.id = invariant.id;
    this.rule = invariant.rule;
  }
}
