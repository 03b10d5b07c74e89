import type { FieldReference, TextComparison } from "./rule-references.ts";

/** How bad it is when an invariant does not hold. */
export type Severity = "error" | "warning";

/**
 * One entry of an `x-invariants` list: something that is always true of a body.
 */
export interface Invariant {
  /** Unique within its list, in kebab-case. */
  readonly id: string;
  /** A CEL expression over `self`, `oldSelf`, `request` and `response` that is true where the invariant holds. */
  readonly rule: string;
  /** What is wrong where it does not hold, as a sentence. */
  readonly message: string;
  readonly severity: Severity;
}

/** What a rule may speak about. What is `undefined` is not bound, and the rules that mention it are skipped. */
export interface RuleBindings {
  /** The body, or the part of it that the rules are about: any JSON value; integers above 2⁵³ may be bigints. */
  readonly self?: unknown;
  /** What `self` was at an earlier time. */
  readonly oldSelf?: unknown;
  /** The request that was answered: its path parameters, decoded, by name. */
  readonly request?: { readonly path: Readonly<Record<string, unknown>> } | undefined;
  /** The response that `self` came with. */
  readonly response?: { readonly status: number } | undefined;
}

/** An invariant that does not hold, or that could not be evaluated. */
export interface InvariantViolation {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /**
   * `violated`: the rule is false. `not-evaluated`: it failed on the way, on a value of the wrong type say; that is never a
   * pass.
   */
  readonly kind: "violated" | "not-evaluated";
  /** What is wrong: the invariant's own message, or why it could not be evaluated. */
  readonly message: string;
  /** The values that the rule looked at, by the way they are written in it: `{ "self.status": "completed" }`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The member of a list in `self` by which the rule does not hold, as a JSON pointer into `self`; empty if it is none. */
  readonly at: string;
}

/** What became of each invariant of one check. */
export interface InvariantReport {
  readonly violations: readonly InvariantViolation[];
  /** Ids of those that hold. */
  readonly passed: readonly string[];
  /** Ids of those that were not looked at, because they mention something that was not bound. */
  readonly skipped: readonly string[];
}

/** An invariant that is ready to be checked. */
export interface CompiledInvariant extends Invariant {
  /** The fields that the rule looks at, in the order of its text. */
  readonly references: readonly FieldReference[];
  /** The texts that the rule compares fields with. */
  readonly comparisons: readonly TextComparison[];
  /** Whether it compares a body with an earlier one, so that a single body cannot be judged by it. */
  readonly isOverTime: boolean;
}

/** A list of invariants that is ready to be checked, as often as wanted. */
export interface CompiledInvariants {
  readonly invariants: readonly CompiledInvariant[];
  /**
   * Checks every invariant whose variables are bound. Never throws for what a body contains: a rule that cannot be evaluated
   * is a violation of the kind `not-evaluated`.
   */
  readonly check: (bindings: RuleBindings) => InvariantReport;
}
