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

/** An option or a parameter is not usable. No request was sent. */
export class InvalidParameterError extends SyncLogError {
  override readonly name = "InvalidParameterError";
  override readonly code = "invalid_parameter";
  /** The name of the option or the parameter. */
  readonly parameter: string;

  constructor(message: string, details: InvalidParameterErrorDetails) {
    super(message, details);
    this.parameter = details.parameter;
  }
}
