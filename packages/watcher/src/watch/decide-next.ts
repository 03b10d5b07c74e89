import {
  advanceProgress,
  isTerminal,
  type Progress,
  progressOf,
  type SyncLogObservation,
} from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";
import type { PollResult } from "./poll-result.ts";
import {
  type EndedOutcomeKind,
  idempotencyKey,
  type UnfinishedOutcomeKind,
  type WatchOutcome,
} from "./watch-outcome.ts";
import type { JsonValue, StoredError, WatchState } from "./watch-state.ts";
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

/** What the decision rests on beside the state and the poll. */
export interface WatchRules {
  /** The client's interval rule: how long until the next poll of a sync that still runs. */
  readonly intervalMs: (elapsedMs: number, progress: Progress, unchangedForMs: number) => number;
  /**
   * When to poll, given when it was meant to be: the last poll falls on the deadline. `Infinity`
   * when that is over. The client's rule, too.
   */
  readonly fitBefore: (deadlineAtMs: number, pollAtMs: number, nowMs: number) => number;
  /** How long until the next poll after `failures` polls in a row that brought nothing. */
  readonly failureDelayMs: (failures: number) => number;
  /** How long a 404 is taken for "not there yet", from the start of the watch. */
  readonly notFoundGraceMs: number;
}

/** What happens to a watch after a poll. */
export type WatchDecision =
  /** Poll again after `delayMs`; `update` where the sync log has changed. */
  | {
      readonly kind: "poll_again";
      readonly state: WatchState;
      readonly delayMs: number;
      readonly update: WatchUpdate | null;
      /** The server asked everyone to hold back for so long; 0 where it did not. */
      readonly holdAllMs: number;
    }
  /** The watch has ended; hand the outcome over. */
  | { readonly kind: "deliver"; readonly state: WatchState; readonly outcome: WatchOutcome }
  /** The key was refused: no watch can be polled until somebody has mended it. */
  | { readonly kind: "pause"; readonly state: WatchState; readonly reason: StoredError };

function observe(syncLog: SyncLog, atMs: number): SyncLogObservation {
  return {
    atMs: Math.round(atMs),
    status: syncLog.status,
    recordsIngested: syncLog.recordsIngested ?? null,
    totalRecordsToIngest: syncLog.totalRecordsToIngest ?? null,
  };
}

function isChange(before: SyncLogObservation | null, after: SyncLogObservation): boolean {
  return (
    before === null ||
    before.status !== after.status ||
    before.recordsIngested !== after.recordsIngested ||
    before.totalRecordsToIngest !== after.totalRecordsToIngest
  );
}

function outcomeBase(
  state: WatchState,
  kind: EndedOutcomeKind | UnfinishedOutcomeKind,
  nowMs: number,
): Pick<
  WatchOutcome,
  "idempotencyKey" | "workspaceId" | "id" | "metadata" | "polls" | "elapsedMs" | "observedAtMs"
> {
  return {
    idempotencyKey: idempotencyKey(state, kind),
    workspaceId: state.workspaceId,
    id: state.id,
    metadata: state.metadata ?? null,
    polls: state.polls,
    elapsedMs: Math.max(0, Math.round(nowMs - state.startedAtMs)),
    observedAtMs: Math.round(nowMs),
  };
}

function endUnfinished(
  state: WatchState,
  kind: UnfinishedOutcomeKind,
  nowMs: number,
): WatchDecision {
  const outcome: WatchOutcome = {
    ...outcomeBase(state, kind, nowMs),
    outcome: kind,
    syncLog: null,
    lastSeen: state.lastSeen,
    error: state.lastError ?? null,
  };
  return { kind: "deliver", state, outcome };
}

function pollAgain(
  state: WatchState,
  nowMs: number,
  delayMs: number,
  rules: WatchRules,
  extra: { update?: WatchUpdate | null; holdAllMs?: number } = {},
): WatchDecision {
  const pollAtMs = rules.fitBefore(state.deadlineAtMs, nowMs + Math.max(delayMs, 0), nowMs);
  if (pollAtMs === Infinity) return endUnfinished(state, "timed_out", nowMs);
  return {
    kind: "poll_again",
    state,
    delayMs: Math.round(pollAtMs - nowMs),
    update: extra.update ?? null,
    holdAllMs: extra.holdAllMs ?? 0,
  };
}

function decideOnLog(
  before: WatchState,
  syncLog: SyncLog,
  nowMs: number,
  rules: WatchRules,
): WatchDecision {
  const latest = observe(syncLog, nowMs);
  const changed = isChange(before.lastSeen, latest);
  const rate = advanceProgress(before.progress, syncLog, Math.round(nowMs));
  const { lastError: _mended, ...rest } = before;
  const state: WatchState = {
    ...rest,
    failures: 0,
    lastSeen: changed ? latest : before.lastSeen,
    progress: rate,
  };
  if (isTerminal(syncLog)) {
    const outcome: WatchOutcome = {
      ...outcomeBase(state, syncLog.status, nowMs),
      outcome: syncLog.status,
      syncLog,
      lastSeen: latest,
      error: null,
    };
    return { kind: "deliver", state, outcome };
  }
  const elapsedMs = Math.max(0, Math.round(nowMs - state.startedAtMs));
  const progress = progressOf(syncLog, rate.ratePerSecond, false);
  const { workspaceId, id, metadata = null, polls } = state;
  const update = { workspaceId, id, metadata, syncLog, elapsedMs, polls, ...progress };
  const unchangedForMs = Math.max(0, nowMs - (state.lastSeen?.atMs ?? nowMs));
  const delayMs = rules.intervalMs(elapsedMs, progress, unchangedForMs);
  return pollAgain(state, nowMs, delayMs, rules, { update: changed ? update : null });
}

/** What happens to a watch after a poll: pure, and the only place where that is decided. */
export function decideNext(
  before: WatchState,
  result: PollResult,
  nowMs: number,
  rules: WatchRules,
): WatchDecision {
  const polled: WatchState = { ...before, polls: before.polls + 1 };
  if (result.kind === "log") return decideOnLog(polled, result.syncLog, nowMs, rules);
  if (result.kind === "unauthorized") {
    return { kind: "pause", state: before, reason: result.error };
  }

  const state: WatchState = {
    ...polled,
    failures: polled.failures + 1,
    lastError: result.error,
  };
  if (result.kind === "refused") return endUnfinished(state, "refused", nowMs);
  if (result.kind === "not_found" && nowMs - state.startedAtMs >= rules.notFoundGraceMs) {
    return endUnfinished(state, "not_found", nowMs);
  }
  const retryAfterMs = result.kind === "passing" ? (result.retryAfterMs ?? 0) : 0;
  const holdAllMs = result.kind === "passing" && result.rateLimited ? retryAfterMs : 0;
  const delayMs = Math.max(rules.failureDelayMs(state.failures), retryAfterMs);
  return pollAgain(state, nowMs, delayMs, rules, { holdAllMs });
}
