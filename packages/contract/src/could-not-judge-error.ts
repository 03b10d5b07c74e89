/** Why a provider could not be judged. */
export type CouldNotJudgeCode =
  | "BAD_OPTIONS"
  | "UNREACHABLE"
  | "KEY_REFUSED"
  | "NO_SUCCESS_REACHED"
  | "BAD_SPEC"
  | "BAD_SCHEMA"
  | "BAD_RULE"
  | "BAD_HAR";

/** Thrown when nothing can be said about a provider. Nothing that was not checked counts as passed. */
export class CouldNotJudgeError extends Error {
  override readonly name = "CouldNotJudgeError";
  /** Stable, for programs. */
  readonly code: CouldNotJudgeCode;

  /** @param message - What is wrong and what to do. */
  constructor(code: CouldNotJudgeCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
