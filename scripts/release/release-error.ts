/** Why a release command cannot answer; the message says what to do. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError";
  readonly code: "USAGE" | "NO_BASE" | "UNREADABLE_DOCUMENT" | "DIFF_FAILED" | "CHANGESETS_FAILED";

  constructor(code: ReleaseError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
