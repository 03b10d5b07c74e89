import { fitBeforeDeadline, nextIntervalMs, type Pace } from "./next-interval.ts";
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
