import type { DocumentErrorCode } from "@qontext/sync-log-document";
import { DocumentError, RuleCompileError } from "@qontext/sync-log-document";

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

/** The codes of documents that mean more here than `bad_spec`. */
const codes: Partial<Readonly<Record<DocumentErrorCode, CouldNotJudgeCode>>> = {
  invalid_extension: "bad_rule",
  invalid_schema: "bad_schema",
  unknown_keyword: "bad_schema",
};

/** An error of the document as the reason why nothing can be judged; any other error as it is. */
export function toCouldNotJudge(error: unknown): unknown {
  if (error instanceof RuleCompileError) {
    return new CouldNotJudgeError("bad_rule", error.message, { cause: error });
  }
  if (!(error instanceof DocumentError)) return error;
  const hint = error.problem.startsWith("the format ")
    ? " If it is only a hint, pass it over with --ignore-format."
    : "";
  const code = codes[error.code] ?? "bad_spec";
  return new CouldNotJudgeError(code, `${error.message}${hint}`, { cause: error });
}
