/** Why a provider could not be judged. */
export type CouldNotJudgeCode =
  | "bad_options"
  | "unreachable"
  | "key_refused"
  | "no_success_reached"
  | "bad_spec"
  | "bad_schema"
  | "bad_rule"
  | "bad_har";

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
