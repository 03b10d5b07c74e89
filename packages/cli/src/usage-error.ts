/** The command line can't be followed as it is; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "invalid_parameter";
}
