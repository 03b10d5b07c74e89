import { createHash } from "node:crypto";
import type { SyncLogObservation, TerminalStatus, TerminalSyncLog } from "@qontext/sync-log-client";
import type { StoredError } from "./stored-error.ts";
import type { JsonValue, WatchState } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/**
 * The watch has ended without the sync: `timed_out` after `maxWaitMs`, or after `maxFailingMs` in
 * which every poll failed (the sync may still be running); `not_found` where the sync log stayed
 * absent or is gone; `refused` where polls failed in a way that waiting does not change: 400, 403,
 * 501, a redirect, a body that breaks the schema.
 */
export type UnfinishedEnd = "timed_out" | "not_found" | "refused";

/** How a watch has ended: as its sync has, or without it. */
export type WatchEnd = TerminalStatus | UnfinishedEnd;

/** What every outcome carries. */
export interface OutcomeBase extends WatchTarget {
  /**
   * The same at every delivery of this outcome, from every machine. An outcome is delivered at
   * least once: to act only once, remember this key.
   */
  readonly idempotencyKey: string;
  /** What was given to `watch`; null where nothing was. */
  readonly metadata: JsonValue;
  /** How often the sync log was read, or tried to be. */
  readonly polls: number;
  /** From `watch` to the poll that ended it, in milliseconds. */
  readonly elapsedMs: number;
  /** When the engine saw the end, in milliseconds since 1970. */
  readonly observedAtMs: number;
}

/** The sync has ended. */
export interface EndedOutcome extends OutcomeBase {
  /** The terminal status of the sync log. */
  readonly endedAs: TerminalStatus;
  /** The terminal sync log, as the server sent it. */
  readonly syncLog: TerminalSyncLog;
  /** The terminal sync log in short. */
  readonly lastSeen: SyncLogObservation;
  /** A sync that failed says why in `syncLog`. */
  readonly error: null;
}

/** The watch has ended without the sync. */
export interface UnfinishedOutcome extends OutcomeBase {
  /** How the watch has ended. */
  readonly endedAs: UnfinishedEnd;
  /** The sync has not ended, as far as is known. */
  readonly syncLog: null;
  /** The sync log as it was last seen; null where it never was. */
  readonly lastSeen: SyncLogObservation | null;
  /** How the latest poll failed; null where it did not. */
  readonly error: StoredError | null;
}

/** What became of a watch; `syncLog` and `endedAs` tell the two apart. */
export type WatchOutcome = EndedOutcome | UnfinishedOutcome;

/** Whether the sync has ended, and not only the watch. */
export function isEndedOutcome(outcome: WatchOutcome): outcome is EndedOutcome {
  return outcome.syncLog !== null;
}

const unfinishedEnds: ReadonlySet<string> = new Set<UnfinishedEnd>([
  "timed_out",
  "not_found",
  "refused",
]);

/**
 * The key of an outcome. The end of a sync is one fact, so its key depends on the sync alone; a
 * watch that ended without it may be started again, so its key depends on the start too.
 */
export function idempotencyKey(state: WatchState, endedAs: WatchEnd): string {
  const parts = unfinishedEnds.has(endedAs)
    ? [state.workspaceId, state.id, endedAs, state.startedAtMs]
    : [state.workspaceId, state.id, "ended"];
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `sync-log-outcome-${digest.slice(0, 32)}`;
}

/** The outcome of a watch whose sync has ended. */
export function endedOutcome(
  state: WatchState,
  syncLog: TerminalSyncLog,
  nowMs: number,
): EndedOutcome {
  const { status } = syncLog;
  const { recordsIngested = null, totalRecordsToIngest = null } = state.lastSeen ?? {};
  return {
    ...outcomeBase(state, status, nowMs),
    endedAs: status,
    syncLog,
    lastSeen: { atMs: nowMs, status, recordsIngested, totalRecordsToIngest },
    error: null,
  };
}

/** The outcome of a watch that ended without its sync. */
export function unfinishedOutcome(
  state: WatchState,
  endedAs: UnfinishedEnd,
  nowMs: number,
): UnfinishedOutcome {
  const { lastSeen, lastError: error } = state;
  return { ...outcomeBase(state, endedAs, nowMs), endedAs, syncLog: null, lastSeen, error };
}

function outcomeBase(state: WatchState, endedAs: WatchEnd, nowMs: number): OutcomeBase {
  const { workspaceId, id, metadata = null, polls, startedAtMs } = state;
  return {
    idempotencyKey: idempotencyKey(state, endedAs),
    workspaceId,
    id,
    metadata,
    polls,
    elapsedMs: Math.max(0, nowMs - startedAtMs),
    observedAtMs: nowMs,
  };
}
