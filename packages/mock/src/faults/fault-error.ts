/** A fault was set up that there is not. */
export class FaultError extends Error {
  override readonly name = "FaultError";
  readonly code = "ERR_MOCK_FAULT";
}
