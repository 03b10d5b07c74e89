/** A release command cannot be carried out; the message says what to do. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError";
  readonly code: "usage" | "no_base" | "unreadable_document" | "changesets_failed";

  constructor(code: ReleaseError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
