import type { PollRules, PollState } from "./poll-state.ts";
import { progressOf } from "./progress.ts";

/** When to poll next. */
export type PollPlan =
  | { readonly kind: "poll_again"; readonly pollAtMs: number }
  /** There is no time left for a poll before the deadline. */
  | {
      readonly kind: "timed_out";
      /** How long the server asked to wait, where that is why; else null. In milliseconds. */
      readonly retryAfterMs: number | null;
    };

/** What is added by chance to the server's wish, so that those it told the same do not come back together. */
const floorJitter = 0.15;

/** When to poll next, by the pace of the sync, the failures so far, the server's wish and the deadline. */
export function planPoll(state: PollState, nowMs: number, rules: PollRules): PollPlan {
  const wishMs = state.floorAtMs === null ? 0 : state.floorAtMs - nowMs;
  const floorAtMs = nowMs + Math.min(wishMs, rules.maxRetryAfterMs);
  const lastPollAtMs = state.deadlineAtMs - rules.leadMs;
  if (floorAtMs > nowMs && floorAtMs > lastPollAtMs) {
    return { kind: "timed_out", retryAfterMs: wishMs };
  }
  // Without a millisecond between them, polls that take no time would leave time for nothing else.
  const intervalMs = Math.max(1, nextIntervalMs(paceOf(state, nowMs), rules));
  let pollAtMs = fitBeforeDeadline(nowMs + intervalMs, nowMs, lastPollAtMs, rules);
  if (pollAtMs === Infinity) return { kind: "timed_out", retryAfterMs: null };
  if (floorAtMs > pollAtMs) {
    const laterMs = rules.random() * floorJitter * (floorAtMs - nowMs);
    pollAtMs = Math.min(lastPollAtMs, floorAtMs + laterMs);
  }
  return { kind: "poll_again", pollAtMs };
}

function paceOf(state: PollState, nowMs: number): Pace {
  const { startedAtMs, lastSeen, progress, failures } = state;
  return {
    elapsedMs: nowMs - startedAtMs,
    etaMs: lastSeen && progressOf(lastSeen, progress?.ratePerSecond ?? null, false).etaMs,
    unchangedForMs: nowMs - (lastSeen?.atMs ?? nowMs),
    failures,
  };
}

/** What {@link nextIntervalMs} needs to know of a wait. Durations are in milliseconds. */
export interface Pace {
  /** How long the sync log has been watched. */
  readonly elapsedMs: number;
  /** How long the rest is thought to take; null while unknown. */
  readonly etaMs: number | null;
  /**
   * How long the sync log has not changed: what is said to be nearly done and does not end is polled
   * less and less.
   */
  readonly unchangedForMs: number;
  /** How many polls in a row have failed: from the second on, each doubles the interval. */
  readonly failures: number;
}

type Bounds = Pick<PollRules, "minIntervalMs" | "maxIntervalMs">;

/** Polls in ten times the age: short while young, and the number of polls grows with its logarithm. */
const partOfAge = 0.1;
/** Polls in what remains: the end is found soon after it has come. */
const partOfRest = 0.25;
const jitter = 0.15;
/** More would make no difference, and in the end no number. */
const mostDoublings = 30;
/** Less than this before the last moment, the last poll has been. */
const leastGapMs = 1;

/**
 * How long to wait before the next poll, in milliseconds: a tenth of the time watched so far, or a
 * quarter of what remains where that is known; 15 % more or less by chance, so that waits that began
 * together do not poll together; never outside the bounds.
 */
export function nextIntervalMs(
  { elapsedMs, etaMs, unchangedForMs, failures }: Pace,
  { minIntervalMs, maxIntervalMs, random }: Bounds & Pick<PollRules, "random">,
): number {
  const wished =
    etaMs === null
      ? elapsedMs * partOfAge
      : Math.max(etaMs * partOfRest, unchangedForMs * partOfAge);
  const slowdown = 2 ** Math.min(mostDoublings, Math.max(0, failures - 1));
  const center = Math.min(maxIntervalMs, Math.max(minIntervalMs, wished) * slowdown);
  const lowest = Math.max(minIntervalMs, center * (1 - jitter));
  const highest = Math.min(maxIntervalMs, center * (1 + jitter));
  return lowest + random() * (highest - lowest);
}

/**
 * When to poll, given when it was meant to be: the last poll falls just before the deadline, and the
 * one before it not so late that there is no room. Only the last one may come sooner than
 * `minIntervalMs`. `Infinity` when there is no time left for a poll.
 *
 * @param lastPollAtMs - The latest moment at which a poll may begin and still end in time.
 */
export function fitBeforeDeadline(
  pollAtMs: number,
  nowMs: number,
  lastPollAtMs: number,
  { minIntervalMs, maxIntervalMs }: Bounds,
): number {
  if (lastPollAtMs - nowMs < leastGapMs) return Infinity;
  if (pollAtMs <= lastPollAtMs - minIntervalMs) return pollAtMs;
  if (lastPollAtMs - nowMs <= maxIntervalMs) return lastPollAtMs;
  return Math.max(nowMs, lastPollAtMs - 2 * minIntervalMs) + minIntervalMs;
}
