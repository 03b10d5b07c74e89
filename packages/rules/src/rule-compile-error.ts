/** Why a rule does not compile. */
export type RuleCompileErrorCode =
  /** It is not CEL. */
  | "RULE_SYNTAX"
  /** It names a function, variable or operator that there is not. */
  | "RULE_TYPE"
  /** It gives something else than true or false. */
  | "RULE_NOT_BOOLEAN"
  /** It mentions nothing that can change, so it could never fail. */
  | "RULE_CONSTANT"
  /** It speaks of statuses where there is no lifecycle. */
  | "RULE_NEEDS_LIFECYCLE"
  /** Another rule of the list has its id. */
  | "RULE_DUPLICATE_ID";

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
