import { isResponseFormatError } from "../errors/guards.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import { refuseNamed } from "../refuse.ts";
import { isLasting } from "../transport/fetch-failure.ts";
import type { ResolvedRetryPolicy } from "./retry-options.ts";

/** What {@link decideRetry} needs to know about a failure. */
export interface FailedAttempt {
  readonly error: SyncLogError;
  readonly method: string;
  /** How many requests were sent so far, this one included. */
  readonly attempts: number;
  readonly policy: ResolvedRetryPolicy;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/**
 * How long to wait before the request is sent again, in milliseconds, or undefined to give up.
 *
 * The server's Retry-After is a floor, and where it is longer than `maxRetryAfterMs` the call gives
 * up: the caller knows better whether to wait that long.
 */
export function decideRetry(failed: FailedAttempt): number | undefined {
  const { error, method, attempts, policy, random } = failed;
  const retryAfterMs = error.retryAfterMs ?? 0;
  const delayMs = Math.max(retryAfterMs, backoffDelayMs(attempts - 1, policy, random));
  const retryable = isRetryable(error, method);
  if (policy.decide !== undefined) {
    const decision: unknown = policy.decide({ error, attempts, isRetryable: retryable, delayMs });
    if (decision === true) return delayMs;
    if (decision === false) return undefined;
    if (typeof decision === "number" && decision >= 0) return decision;
    return refuseNamed(
      "retry",
      "function has to return true, false or a number of 0 or more",
      error,
    );
  }
  if (!retryable || attempts > policy.maxRetries) return undefined;
  return retryAfterMs > policy.maxRetryAfterMs ? undefined : delayMs;
}

/**
 * Exponential backoff with full jitter: anything from 0 to `baseDelayMs` × 2ⁿ, at most `maxDelayMs`.
 *
 * @param retry - 0 before the first retry.
 * @param random - From 0 up to, not including, 1.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelayMs(
  retry: number,
  { baseDelayMs, maxDelayMs }: Pick<ResolvedRetryPolicy, "baseDelayMs" | "maxDelayMs">,
  random: number,
): number {
  return random * Math.min(maxDelayMs, baseDelayMs * 2 ** retry);
}

/** Methods that may be sent twice with the effect of once (RFC 9110, section 9.2.2). */
const idempotent = /^(GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/;

/** Whether a status says that the same request may succeed later. */
export function isRetryableStatus(status: number): boolean {
  // 408 Request Timeout, 425 Too Early, 429 Too Many Requests: the only 4xx that a later attempt may turn into a success.
  return [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * Whether the same request may succeed when it is sent again: no response was received (but for a
 * certificate or a proxy that will not change its mind), it took too long, the body was cut off or malformed, or the status says so. A request that may have had an
 * effect is sent again only after a 429, which says that it had no effect.
 */
export function isRetryable(error: SyncLogError, method: string): boolean {
  const { code, cause, status } = error;
  if (!idempotent.test(method)) return code === "rate_limited";
  if (code === "connection_failed") return !isLasting(cause);
  if (isResponseFormatError(error)) return error.reason === "malformed";
  return code === "request_timeout" || isRetryableStatus(status ?? 0);
}
