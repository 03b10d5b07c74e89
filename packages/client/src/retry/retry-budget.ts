const capacity = 500;
const retryCost = 5;
const timeoutRetryCost = 10;
const refund = 1;

/** Retries that the client as a whole may still make. */
export interface RetryBudget {
  /** Takes what a retry costs, and says how much that is; 0 where too little is left. */
  take(afterTimeout: boolean): number;
  /** Puts back after a success what the retry before it took, or a little where there was none. */
  succeed(taken: number): void;
}

/**
 * A token bucket as the AWS SDKs have it: 500 tokens, a retry costs 5 (10 after a timeout), a
 * success after a retry puts that back, any other success 1. While a service is down, a client
 * makes 100 more requests at most than it was asked for, however many callers it has.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function createRetryBudget(): RetryBudget {
  let tokens = capacity;
  return {
    take(afterTimeout) {
      const cost = afterTimeout ? timeoutRetryCost : retryCost;
      if (tokens < cost) return 0;
      tokens -= cost;
      return cost;
    },
    succeed(taken) {
      tokens = Math.min(capacity, tokens + (taken || refund));
    },
  };
}
