import type { BrokenRule } from "./body-check.ts";

/** A body was set up that breaks the schema or an invariant of the document. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly code = "ERR_MOCK_BODY";
  /** Every rule that the body breaks: ids of invariants, or `schema`. */
  readonly rules: readonly string[];

  constructor(what: string, broken: readonly BrokenRule[]) {
    const list = broken.map(({ rule, message }) => `[${rule}] ${message}`).join(" ");
    super(
      `${what} breaks a rule: ${list} Mend it, or pass { unchecked: true } to send it on purpose.`,
    );
    this.rules = [...new Set(broken.map(({ rule }) => rule))];
  }
}
