/** The OpenAPI document cannot be served: it is not readable, not valid, or contradicts itself. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly code = "ERR_MOCK_SPEC";
}
