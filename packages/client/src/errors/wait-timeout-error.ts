import { SyncLogError, type SyncLogErrorDetails } from "./sync-log-error.ts";

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
export class WaitTimeoutError extends SyncLogError {
  override readonly name = "WaitTimeoutError";
  override readonly code = "wait_timeout";
  /** How long the wait took, in milliseconds. */
  readonly elapsedMs: number;
  /** How many times the sync log was read in that time. */
  readonly polls: number;

  constructor(message: string, details: WaitTimeoutErrorDetails) {
    super(message, details);
    this.elapsedMs = details.elapsedMs;
    this.polls = details.polls;
  }
}
