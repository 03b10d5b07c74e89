import { isRateLimitError, type Progress } from "@qontext/sync-log-client";
import {
  decidePoll,
  type PollDecision,
  type PollResult,
  progressOf,
} from "@qontext/sync-log-client/wait";
import type { SyncLog } from "@qontext/sync-log-schema";
import { endedOutcome, unfinishedOutcome, type WatchOutcome } from "./watch-outcome.ts";
import { type JsonValue, type StoredError, storedError, type WatchState } from "./watch-state.ts";
import type { WatchRules } from "./watch-rules.ts";
import type { WatchTarget } from "./watch-target.ts";

/** A change in a sync log whose sync is still running. */
export interface WatchUpdate extends WatchTarget, Progress {
  /** As the server sent it. */
  readonly syncLog: SyncLog;
  /** The metadata given to `watch`; null without any. */
  readonly metadata: JsonValue;
  /** Since `watch`, in milliseconds. */
  readonly elapsedMs: number;
  /** The number of polls so far, failed ones included. */
  readonly polls: number;
}

/** The result of one poll. */
export interface WatchPoll {
  readonly result: PollResult;
  /** The error of a failed poll. */
  readonly error?: unknown;
}

/** What happens to a watch after a poll. */
export type WatchDecision = {
  readonly state: WatchState;
  /** How long the server asked all polls to pause, in milliseconds; 0 without such a request. */
  readonly pauseAllMs: number;
} & (
  | {
      readonly kind: "poll_again";
      readonly delayMs: number;
      /** Null unless the sync log has changed. */
      readonly update: WatchUpdate | null;
    }
  | { readonly kind: "deliver"; readonly outcome: WatchOutcome }
);

/** What is added by chance, so that the watches of a refused key do not come back together. */
const probeJitter = 0.15;

/** The watch waits for its key to be accepted again, and for no longer than it was to wait at all. */
export function afterRefusedKey(
  before: WatchState,
  reason: StoredError,
  polledAtMs: number,
  { probeEveryMs, random }: Pick<WatchRules, "probeEveryMs" | "random">,
): WatchDecision {
  const nowMs = Math.round(polledAtMs);
  const state: WatchState = { ...before, lastError: reason };
  const leftMs = state.deadlineAtMs - nowMs;
  if (leftMs <= 0) {
    const outcome = unfinishedOutcome(state, "timed_out", nowMs);
    return { kind: "deliver", state, outcome, pauseAllMs: 0 };
  }
  const delayMs = Math.round(probeEveryMs * (1 - probeJitter * random()));
  return {
    kind: "poll_again",
    state,
    delayMs: Math.min(delayMs, leftMs),
    update: null,
    pauseAllMs: 0,
  };
}

/** Applies the client's rules for waiting, which decide when to poll again and when to give up. */
export function decideNext(
  before: WatchState,
  { result, error }: WatchPoll,
  polledAtMs: number,
  rules: WatchRules,
): WatchDecision {
  const nowMs = Math.round(polledAtMs);
  const decision = decidePoll(before, result, nowMs, rules);
  if (decision.kind === "unauthorized") {
    return afterRefusedKey(before, storedError(error), nowMs, rules);
  }
  const lastError = result.kind === "log" ? null : storedError(error);
  const state: WatchState = { ...decision.state, lastError };
  const pauseAllMs = isRateLimitError(error)
    ? Math.min(result.retryAfterMs ?? 0, rules.maxRetryAfterMs)
    : 0;
  if (decision.kind !== "poll_again") {
    return { kind: "deliver", state, outcome: outcomeOf(decision, state, nowMs), pauseAllMs };
  }
  const isChange = state.lastSeen !== before.lastSeen;
  const update = result.kind === "log" && isChange ? updateOf(state, result.syncLog, nowMs) : null;
  const delayMs = Math.round(decision.pollAtMs - nowMs);
  return { kind: "poll_again", state, delayMs, update, pauseAllMs };
}

function outcomeOf(
  decision: Exclude<PollDecision, { kind: "poll_again" | "unauthorized" }>,
  state: WatchState,
  nowMs: number,
): WatchOutcome {
  if (decision.kind === "ended") return endedOutcome(state, decision.syncLog, nowMs);
  const isOver = decision.kind === "timed_out" || decision.reason === "failing";
  return unfinishedOutcome(state, isOver ? "timed_out" : decision.reason, nowMs);
}

function updateOf(state: WatchState, syncLog: SyncLog, nowMs: number): WatchUpdate {
  const { workspaceId, id, metadata = null, polls, startedAtMs, progress } = state;
  const elapsedMs = Math.max(0, nowMs - startedAtMs);
  const known = progressOf(syncLog, progress?.ratePerSecond ?? null, false);
  return { workspaceId, id, metadata, syncLog, elapsedMs, polls, ...known };
}
