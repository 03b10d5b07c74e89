import { backoffDelayMs } from "@qontext/sync-log-client/wait";
import { WatcherOptionError } from "./errors.ts";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { DeliveryPolicy } from "./watcher-options.ts";

/** A day: an hour of doubling delays, and then one every hour. */
const defaultDelivery: DeliveryPolicy = {
  maxAttempts: 39,
  baseDelayMs: 1000,
  maxDelayMs: 3_600_000,
};

/** So much of each delay is by chance, and only shortens it. */
const deliveryJitter = 0.2;

/** What the error says about the next attempt; a copy without the key still says it. */
function adviceOf(error: Error): {
  readonly retryAfterMs: number;
  readonly isFinal: boolean;
} {
  const retryAfterMs = "retryAfterMs" in error ? Number(error.retryAfterMs) : 0;
  return {
    retryAfterMs: Number.isFinite(retryAfterMs) ? retryAfterMs : 0,
    isFinal: "isFinal" in error && error.isFinal === true,
  };
}

/** The longest that a receiver is granted, in milliseconds. */
const longestRetryMs = 86_400_000;

/** The policy with its defaults; throws a {@link WatcherOptionError}. */
export function checkDelivery(given: Partial<DeliveryPolicy> = {}): DeliveryPolicy {
  const policy = { ...defaultDelivery, ...given };
  const { maxAttempts, baseDelayMs, maxDelayMs } = policy;
  if (!(Number.isInteger(maxAttempts) && maxAttempts >= 1 && baseDelayMs >= 0 && maxDelayMs >= 0)) {
    throw new WatcherOptionError(
      "delivery must have maxAttempts as a whole number of at least 1, and delays of 0 or more.",
    );
  }
  return policy;
}

/** A call of `onOutcome` that threw. */
interface FailedDelivery {
  readonly error: Error;
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** Whether the outcome is parked, and when else it is delivered again. */
export function afterFailedDelivery(
  { error, attempt, maxAttempts }: FailedDelivery,
  policy: DeliveryPolicy,
  random: () => number,
): { readonly parked: boolean; readonly retryDelayMs: number | null } {
  const { retryAfterMs, isFinal } = adviceOf(error);
  const parked = isFinal || attempt >= maxAttempts;
  const share = 1 - deliveryJitter * random();
  const delayMs = Math.max(backoffDelayMs(attempt - 1, policy, share), retryAfterMs);
  const retryDelayMs = parked ? null : Math.round(Math.min(delayMs, longestRetryMs));
  return { parked, retryDelayMs };
}

/** Since the end of the sync, or since it was observed if the sync log does not say when it ended. */
export function latencyMs({ syncLog, observedAtMs }: WatchOutcome, nowMs: number): number {
  const completedAtMs = Date.parse(syncLog?.completedAt ?? "");
  const endedAtMs = Number.isNaN(completedAtMs) ? observedAtMs : completedAtMs;
  return Math.max(0, Math.round(nowMs - endedAtMs));
}
