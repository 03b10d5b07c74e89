/** There is no API key to send. */
export class MissingKeyError extends Error {
  override readonly name = "MissingKeyError";
  readonly code = "authentication_failed";

  constructor() {
    super("There is no API key: set QONTEXT_API_KEY, or give --api-key.");
  }
}
