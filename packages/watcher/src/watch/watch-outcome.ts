import { createHash } from "node:crypto";
import type { SyncLogObservation, TerminalStatus, TerminalSyncLog } from "@qontext/sync-log-client";
import { syncLogLifecycle } from "@qontext/sync-log-schema";
import type { JsonValue, StoredError, WatchState } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/**
 * How a watch ends before its sync.
 *
 * - `timed_out`: `maxWaitMs` has passed, or every poll failed for `maxFailingMs`; the sync may still
 *   be running
 * - `not_found`: the sync log never appeared, or is gone
 * - `refused`: polls failed in a way that waiting does not change: 400, 403, 501, a redirect, a body
 *   that does not match the schema
 */
export type UnfinishedEnd = "timed_out" | "not_found" | "refused";

/** How a watch ends: as its sync, or before it. */
export type WatchEnd = TerminalStatus | UnfinishedEnd;

/** The fields of every outcome. */
export interface OutcomeBase extends WatchTarget {
  /**
   * The same in every delivery of this outcome, from every machine. An outcome is delivered at least
   * once: to act only once, remember this key.
   */
  readonly idempotencyKey: string;
  /** The metadata given to `watch`; null without any. */
  readonly metadata: JsonValue;
  /** The number of polls, failed ones included. */
  readonly polls: number;
  /** From `watch` to the last poll, in milliseconds. */
  readonly elapsedMs: number;
  /** When the engine saw the end, in milliseconds since 1970. */
  readonly observedAtMs: number;
}

/** The sync has ended. */
export interface EndedOutcome extends OutcomeBase {
  /** The terminal status of the sync log. */
  readonly endedAs: TerminalStatus;
  /** The terminal sync log as the server sent it, without the API key. */
  readonly syncLog: TerminalSyncLog;
  /** A summary of the terminal sync log. */
  readonly lastSeen: SyncLogObservation;
  /** Always null: `syncLog` says why a sync failed. */
  readonly error: null;
}

/** The watch has ended before the sync. */
export interface UnfinishedOutcome extends OutcomeBase {
  /** How the watch has ended. */
  readonly endedAs: UnfinishedEnd;
  /** Always null: no terminal sync log was seen. */
  readonly syncLog: null;
  /** The sync log as last seen; null if it was never read. */
  readonly lastSeen: SyncLogObservation | null;
  /** Why the latest poll failed; null if it succeeded. */
  readonly error: StoredError | null;
}

/** The result of a watch; `syncLog` and `endedAs` tell the two kinds apart. */
export type WatchOutcome = EndedOutcome | UnfinishedOutcome;

const unfinishedEnds: ReadonlySet<unknown> = new Set<UnfinishedEnd>([
  "timed_out",
  "not_found",
  "refused",
]);

export const isTerminalStatus = (value: unknown): boolean =>
  typeof value === "string" && Object.hasOwn(syncLogLifecycle.terminal, value);

export const isWatchEnd = (value: unknown): boolean =>
  unfinishedEnds.has(value) || isTerminalStatus(value);

/** Whether the sync has ended, and not just the watch. */
export function isEndedOutcome(outcome: WatchOutcome): outcome is EndedOutcome {
  return outcome.syncLog !== null;
}

/** The outcome without the key in what the server sent; how the watch has ended stays as it is. */
export function redactOutcome(
  outcome: WatchOutcome,
  redact: <Value>(value: Value) => Value,
): WatchOutcome {
  return isEndedOutcome(outcome)
    ? { ...outcome, syncLog: redact(outcome.syncLog) }
    : { ...outcome, lastSeen: redact(outcome.lastSeen) };
}

export function endedOutcome(
  state: WatchState,
  syncLog: TerminalSyncLog,
  nowMs: number,
): EndedOutcome {
  const { status } = syncLog;
  const { recordsIngested = null, totalRecordsToIngest = null } = state.lastSeen ?? {};
  return {
    // The end of a sync is one fact, so that its key depends on the sync alone.
    ...outcomeBase(state, ["ended"], nowMs),
    endedAs: status,
    syncLog,
    lastSeen: { atMs: nowMs, status, recordsIngested, totalRecordsToIngest },
    error: null,
  };
}

export function unfinishedOutcome(
  state: WatchState,
  endedAs: UnfinishedEnd,
  nowMs: number,
): UnfinishedOutcome {
  const { lastSeen, lastError: error, startedAtMs } = state;
  // The watch may be started again, so that its key depends on its start, too.
  const base = outcomeBase(state, [endedAs, startedAtMs], nowMs);
  return { ...base, endedAs, syncLog: null, lastSeen, error };
}

function outcomeBase(
  state: WatchState,
  keyParts: readonly (string | number)[],
  nowMs: number,
): OutcomeBase {
  const { workspaceId, id, metadata = null, polls, startedAtMs } = state;
  const key = JSON.stringify([workspaceId, id, ...keyParts]);
  const digest = createHash("sha256").update(key).digest("hex");
  return {
    idempotencyKey: `sync-log-outcome-${digest.slice(0, 32)}`,
    workspaceId,
    id,
    metadata,
    polls,
    elapsedMs: Math.max(0, nowMs - startedAtMs),
    observedAtMs: nowMs,
  };
}
