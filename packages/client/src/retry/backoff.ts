/** What {@link backoffDelayMs} needs to know. */
export interface BackoffOptions {
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/**
 * Exponential backoff with full jitter: anything from 0 to `baseDelayMs` × 2ⁿ, at most `maxDelayMs`.
 *
 * @param retry - 0 before the first retry.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffDelayMs(retry: number, options: BackoffOptions): number {
  return options.random * Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** retry);
}
