/** One request that was sent for a call. */
export interface Attempt {
  /** The response's status; null where there was none. */
  readonly status: number | null;
  /** The code of the error that the attempt ended with; null for a success. */
  readonly code: string | null;
  /** How long the client waited before it sent this request, in milliseconds. */
  readonly delayMs: number;
  /** How long the request took, in milliseconds. */
  readonly durationMs: number;
  /** The response's `x-request-id`. */
  readonly requestId: string | null;
  /** The `correlationId` of the response's body, or its `x-correlation-id`. */
  readonly correlationId: string | null;
}
