import type { ResolvedRetryPolicy } from "./retry-options.ts";

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
