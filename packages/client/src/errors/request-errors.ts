import { SyncLogError, type SyncLogErrorDetails } from "./sync-log-error.ts";

/** No response received: the name did not resolve, the connection was refused, or it was cut off. */
export class ConnectionError extends SyncLogError {
  override readonly name = "ConnectionError";
  override readonly code = "connection_failed";
}

/** One attempt took longer than `timeoutMs`, its body included. */
export class RequestTimeoutError extends SyncLogError {
  override readonly name = "RequestTimeoutError";
  override readonly code = "request_timeout";
}

/**
 * All attempts together, and the waits between them, would take longer than `deadlineMs`. Of a wait,
 * `retryAfterMs` is how long the server asked to wait, where that was longer than what remained.
 */
export class DeadlineExceededError extends SyncLogError {
  override readonly name = "DeadlineExceededError";
  override readonly code = "deadline_exceeded";
}

/** Details of an {@link InvalidParameterError}. */
export interface InvalidParameterErrorDetails extends SyncLogErrorDetails {
  readonly parameter: string;
}

/**
 * An option or a parameter is not usable, and no request was sent with it. With `fetch` as the
 * parameter, that function failed as a program; what it threw is the `cause`.
 */
export class InvalidParameterError extends SyncLogError<InvalidParameterErrorDetails> {
  override readonly name = "InvalidParameterError";
  override readonly code = "invalid_parameter";
  /** The name of the option or the parameter. */
  declare readonly parameter: string;
}

/**
 * The function that is the option `apiKey` threw: `cause` is what it threw. No request was sent with
 * it; a wait asks it again with its next poll.
 */
export class KeyFunctionError extends SyncLogError {
  override readonly name = "KeyFunctionError";
  override readonly code = "key_function_failed";
}

/** Details of a {@link WaitTimeoutError}. */
export interface WaitTimeoutErrorDetails extends SyncLogErrorDetails {
  readonly elapsedMs: number;
  readonly polls: number;
}

/**
 * The wait ended before the sync did. It says nothing about the sync, which may still be running:
 * wait again, or look later. `lastSyncLog` and `history` tell what was seen; `retryAfterMs` is how long
 * the server asked to wait, where that was longer than what remained.
 */
export class WaitTimeoutError extends SyncLogError<WaitTimeoutErrorDetails> {
  override readonly name = "WaitTimeoutError";
  override readonly code = "wait_timeout";
  /** How long the wait took, in milliseconds. */
  declare readonly elapsedMs: number;
  /** How many times the sync log was read in that time. */
  declare readonly polls: number;
}
