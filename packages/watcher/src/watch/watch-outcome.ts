import { createHash } from "node:crypto";
import type { SyncLogObservation, TerminalStatus, TerminalSyncLog } from "@qontext/sync-log-client";
import type { StoredError } from "./stored-error.ts";
import type { JsonValue, WatchState } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/** The sync has ended; these are the terminal statuses of a sync log. */
export type EndedOutcomeKind = TerminalStatus;

/**
 * The watch has ended without the sync: `timed_out` after `maxWaitMs`, or after `maxFailingMs` in
 * which every poll failed (the sync may still be running); `not_found` where the sync log stayed
 * absent or is gone; `refused` where polls failed in a way that no waiting mends: 400, 403, 501, a
 * redirect, a body that breaks the schema.
 */
export type UnfinishedOutcomeKind = "timed_out" | "not_found" | "refused";

/** What every outcome carries. */
export interface OutcomeBase extends WatchTarget {
  /**
   * The same at every delivery of this outcome, from every machine. An outcome is delivered at
   * least once: whoever must act only once remembers this key.
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
  /** How the sync has ended. */
  readonly outcome: EndedOutcomeKind;
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
  readonly outcome: UnfinishedOutcomeKind;
  /** There is none that has ended. */
  readonly syncLog: null;
  /** The sync log as it was last seen; null where it never was. */
  readonly lastSeen: SyncLogObservation | null;
  /** How the latest poll failed; null where it did not. */
  readonly error: StoredError | null;
}

/** What became of a watch; `outcome` tells the two kinds apart. */
export type WatchOutcome = EndedOutcome | UnfinishedOutcome;

/** Whether the sync has ended, and not only the watch. */
export function isEndedOutcome(outcome: WatchOutcome): outcome is EndedOutcome {
  return outcome.syncLog !== null;
}

const unfinishedKinds: ReadonlySet<string> = new Set<UnfinishedOutcomeKind>([
  "timed_out",
  "not_found",
  "refused",
]);

/**
 * The key of an outcome. The end of a sync is one fact, so its key depends on the sync alone; a
 * watch that ended without it may be started again, so its key depends on the start too.
 */
export function idempotencyKey(
  state: WatchState,
  kind: EndedOutcomeKind | UnfinishedOutcomeKind,
): string {
  const parts = unfinishedKinds.has(kind)
    ? [state.workspaceId, state.id, kind, state.startedAtMs]
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
    outcome: status,
    syncLog,
    lastSeen: { atMs: nowMs, status, recordsIngested, totalRecordsToIngest },
    error: null,
  };
}

/** The outcome of a watch that ended without its sync. */
export function unfinishedOutcome(
  state: WatchState,
  kind: UnfinishedOutcomeKind,
  nowMs: number,
): UnfinishedOutcome {
  const { lastSeen, lastError: error } = state;
  return { ...outcomeBase(state, kind, nowMs), outcome: kind, syncLog: null, lastSeen, error };
}

function outcomeBase(
  state: WatchState,
  kind: EndedOutcomeKind | UnfinishedOutcomeKind,
  nowMs: number,
): OutcomeBase {
  const { workspaceId, id, metadata = null, polls, startedAtMs } = state;
  return {
    idempotencyKey: idempotencyKey(state, kind),
    workspaceId,
    id,
    metadata,
    polls,
    elapsedMs: Math.max(0, nowMs - startedAtMs),
    observedAtMs: nowMs,
  };
}
