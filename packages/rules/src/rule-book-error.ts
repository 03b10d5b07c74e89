/** Why the rules of a document cannot be collected. */
export type RuleBookErrorCode =
  /** An `x-invariants` or `x-lifecycle` has another shape than this package reads. */
  | "INVALID_EXTENSION"
  /** A `$ref` leads out of the document or to nothing. */
  | "UNRESOLVED_REFERENCE";

/** Thrown for a document whose rules cannot be collected. */
export class RuleBookError extends Error {
  override readonly name = "RuleBookError";
  /** Stable, for programs. */
  readonly code: RuleBookErrorCode;
  /** Where in the document, as a JSON pointer. */
  readonly pointer: string;

  constructor(code: RuleBookErrorCode, pointer: string, problem: string) {
    super(`${pointer}: ${problem}`);
    this.code = code;
    this.pointer = pointer;
  }
}
