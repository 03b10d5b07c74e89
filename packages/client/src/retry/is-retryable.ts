import { isResponseFormatError } from "../errors/guards.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";

/** Methods that may be sent twice with the effect of once (RFC 9110, section 9.2.2). */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** 408 Request Timeout, 425 Too Early, 429 Too Many Requests: the only 4xx that a later attempt may turn into a success. */
const transientClientErrors = new Set([408, 425, 429]);

/** Whether a status says that the same request may succeed later. */
export function isRetryableStatus(status: number): boolean {
  return transientClientErrors.has(status) || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * Whether the same request may succeed when it is sent again: no response was received, it took too
 * long, the body was cut off or malformed, or the status says so. A request that may have had an
 * effect is sent again only after a 429, which says that it had no effect.
 */
export function isRetryable(error: SyncLogError, method: string): boolean {
  if (!idempotentMethods.has(method)) return error.code === "rate_limited";
  switch (error.code) {
    case "connection_failed":
    case "request_timeout":
      return true;
    case "response_format":
      return isResponseFormatError(error) && error.reason === "malformed";
    default:
      return isRetryableStatus(error.status ?? 0);
  }
}
