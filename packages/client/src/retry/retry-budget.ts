const capacity = 500;
const retryCost = 5;
const timeoutRetryCost = 10;
const refund = 1;

/** Retries that the client as a whole may still make. */
export interface RetryBudget {
  /** Takes what a retry costs; false where too little is left. */
  take(afterTimeout: boolean): boolean;
  /** Puts back a part after a success: all that the retry before it had cost, or a little. */
  succeed(afterRetry: boolean): void;
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
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
    succeed(afterRetry) {
      tokens = Math.min(capacity, tokens + (afterRetry ? retryCost : refund));
    },
  };
}
