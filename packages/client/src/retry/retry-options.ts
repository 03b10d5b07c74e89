import type { RulesOf } from "../check-options.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";

/** When and how often a failed request is sent again. */
export interface RetryOptions {
  /**
   * How many requests may follow the first one.
   * @default 2
   */
  readonly maxRetries?: number;
  /**
   * The most that the first retry waits, in milliseconds; doubled for each one after it. The wait
   * itself is drawn from 0 up to that ("full jitter").
   * @default 500
   */
  readonly baseDelayMs?: number;
  /**
   * The most that any retry waits, in milliseconds, unless the server asks for more.
   * @default 8000
   */
  readonly maxDelayMs?: number;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. A longer one fails at once, with
   * `retryAfterMs` on the error.
   * @default 60000
   */
  readonly maxRetryAfterMs?: number;
}

/** What a {@link RetryFunction} decides about. */
export interface RetryContext {
  /** What the last attempt ended with. */
  readonly error: SyncLogError;
  /** How many requests were sent so far; 1 when it is asked first. */
  readonly attempts: number;
  /** Whether the client takes the failure for transient, regardless of the number of attempts. */
  readonly isRetryable: boolean;
  /** What the client would wait, in milliseconds: backoff with jitter, or the server's Retry-After. */
  readonly delayMs: number;
}

/**
 * Decides on each failure: `false` gives up, `true` retries after `delayMs`, a number retries after
 * that many milliseconds; anything else, a promise too, ends the call with an
 * `InvalidParameterError`. The deadline and the client's retry budget still hold.
 */
export type RetryFunction = (context: RetryContext) => boolean | number;

/** `false`: a request is sent once. */
export type RetryPolicy = false | RetryOptions | RetryFunction;

/** The options with every default in place. */
export type ResolvedRetryPolicy = Required<RetryOptions> & { readonly decide?: RetryFunction };

/** What a client does without the option `retry`. */
export const defaultRetry: ResolvedRetryPolicy = {
  maxRetries: 2,
  baseDelayMs: 500,
  maxDelayMs: 8000,
  maxRetryAfterMs: 60_000,
};

/** What the option `retry` has to be. */
export const retryRules: RulesOf<{ retry: unknown }> & RulesOf<RetryOptions, "retry."> = {
  retry: "`false`, an object or a function",
  "retry.maxRetries": 0,
  "retry.baseDelayMs": 0,
  "retry.maxDelayMs": 0,
  "retry.maxRetryAfterMs": 0,
};

/** Puts the defaults, or those of the client, below what was asked for. */
export function resolveRetryPolicy(
  policy: RetryPolicy | undefined,
  base: ResolvedRetryPolicy = defaultRetry,
): ResolvedRetryPolicy {
  if (policy === undefined) return base;
  if (policy === false) return { ...base, maxRetries: 0 };
  if (typeof policy === "function") return { ...defaultRetry, decide: policy };
  const given = Object.entries(policy).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}
