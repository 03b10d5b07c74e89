import {
  isAuthenticationError,
  isInvalidParameterError,
  isNotFoundError,
  isRateLimitError,
  isSyncLogApiError,
  isSyncLogError,
} from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";
import type { StoredError } from "./watch-state.ts";

/** What one poll brought. */
export type PollResult =
  | { readonly kind: "log"; readonly syncLog: SyncLog }
  /** 401: not this watch's fault, and the same for every other. */
  | { readonly kind: "unauthorized"; readonly error: StoredError }
  /** 404: absent, or not there yet. */
  | { readonly kind: "not_found"; readonly error: StoredError }
  /** The server will give the same answer again: 400, 403 and the other 4xx. */
  | { readonly kind: "refused"; readonly error: StoredError }
  /** Passes by itself: no connection, a timeout, 5xx, a body that is no sync log. */
  | {
      readonly kind: "passing";
      readonly error: StoredError;
      readonly retryAfterMs: number | null;
      readonly rateLimited: boolean;
    };

function storedError(error: unknown): StoredError {
  if (!(error instanceof Error)) {
    return { name: "Error", code: null, status: null, message: "The poll failed." };
  }
  const status = isSyncLogApiError(error) ? error.status : null;
  const code = isSyncLogError(error) ? error.code : null;
  return { name: error.name, code, status, message: error.message.slice(0, 500) };
}

/** 4xx that another try may mend: 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
const passingClientStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/** Sorts what a poll threw by what it means for the watch. */
export function pollFailure(error: unknown): PollResult {
  const stored = storedError(error);
  if (isAuthenticationError(error)) return { kind: "unauthorized", error: stored };
  if (isNotFoundError(error)) return { kind: "not_found", error: stored };
  if (isInvalidParameterError(error)) return { kind: "refused", error: stored };
  if (isSyncLogApiError(error)) {
    const { status, retryAfterMs } = error;
    if (status >= 400 && status < 500 && !passingClientStatuses.has(status)) {
      return { kind: "refused", error: stored };
    }
    return { kind: "passing", error: stored, retryAfterMs, rateLimited: isRateLimitError(error) };
  }
  return { kind: "passing", error: stored, retryAfterMs: null, rateLimited: false };
}
