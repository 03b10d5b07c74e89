import { isRateLimitError, type Progress } from "@qontext/sync-log-client";
import {
  decidePoll,
  type PollResult,
  type PollRules,
  progressOf,
} from "@qontext/sync-log-client/wait";
import type { SyncLog } from "@qontext/sync-log-schema";
import { type StoredError, storedError } from "./stored-error.ts";
import { endedOutcome, unfinishedOutcome, type WatchOutcome } from "./watch-outcome.ts";
import type { JsonValue, WatchState } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/** A sync log that has changed and still runs. */
export interface WatchUpdate extends WatchTarget, Progress {
  /** As the server sent it. */
  readonly syncLog: SyncLog;
  /** What was given to `watch`; null where nothing was. */
  readonly metadata: JsonValue;
  /** Since `watch`, in milliseconds. */
  readonly elapsedMs: number;
  /** How often the sync log was read, or tried to be. */
  readonly polls: number;
}

/** One poll of a watch. */
export interface WatchPoll {
  readonly result: PollResult;
  /** What it failed with. */
  readonly error?: unknown;
}

/** What happens to a watch after a poll. */
export type WatchDecision =
  /** Poll again after `delayMs`; `update` where the sync log has changed. */
  | {
      readonly kind: "poll_again";
      readonly state: WatchState;
      readonly delayMs: number;
      readonly update: WatchUpdate | null;
      /** How long the server asked every poll to pause; 0 if it did not. */
      readonly pauseAllMs: number;
    }
  /** The watch has ended; hand the outcome over. */
  | {
      readonly kind: "deliver";
      readonly state: WatchState;
      readonly outcome: WatchOutcome;
      /** How long the server asked every poll to pause; 0 if it did not. */
      readonly pauseAllMs: number;
    }
  /** The key was refused: no watch can be polled until it is replaced. */
  | { readonly kind: "pause"; readonly state: WatchState; readonly reason: StoredError };

/** What the client's law of waiting means for a watch. */
export function decideNext(
  before: WatchState,
  { result, error }: WatchPoll,
  polledAtMs: number,
  rules: PollRules,
): WatchDecision {
  const nowMs = Math.round(polledAtMs);
  const decision = decidePoll(before, result, nowMs, rules);
  if (decision.kind === "unauthorized") {
    return { kind: "pause", state: before, reason: storedError(error) };
  }
  const lastError = result.kind === "log" ? null : storedError(error);
  const state: WatchState = { ...decision.state, lastError };
  const pauseAllMs = isRateLimitError(error)
    ? Math.min(result.retryAfterMs ?? 0, rules.maxRetryAfterMs)
    : 0;
  if (decision.kind === "poll_again") {
    const isChange = state.lastSeen !== before.lastSeen;
    const update =
      result.kind === "log" && isChange ? updateOf(state, result.syncLog, nowMs) : null;
    const delayMs = Math.round(decision.pollAtMs - nowMs);
    return { kind: "poll_again", state, delayMs, update, pauseAllMs };
  }
  if (decision.kind === "ended") {
    const outcome = endedOutcome(state, decision.syncLog, nowMs);
    return { kind: "deliver", state, outcome, pauseAllMs };
  }
  const isOver = decision.kind === "timed_out" || decision.reason === "failing";
  const outcome = unfinishedOutcome(state, isOver ? "timed_out" : decision.reason, nowMs);
  return { kind: "deliver", state, outcome, pauseAllMs };
}

function updateOf(state: WatchState, syncLog: SyncLog, nowMs: number): WatchUpdate {
  const { workspaceId, id, metadata = null, polls, startedAtMs, progress } = state;
  const elapsedMs = Math.max(0, nowMs - startedAtMs);
  const rate = progress?.ratePerSecond ?? null;
  return {
    workspaceId,
    id,
    metadata,
    syncLog,
    elapsedMs,
    polls,
    ...progressOf(syncLog, rate, false),
  };
}
