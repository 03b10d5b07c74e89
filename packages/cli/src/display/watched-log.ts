import type { SyncLogUpdate } from "@qontext/sync-log-client";
import { printable } from "../text/terminal-text.ts";

/** A count of records and when it was seen. */
export interface RecordsPoint {
  readonly elapsedMs: number;
  readonly recordsIngested: number;
}

/** A status and when the watch first saw it. */
export interface StatusStep {
  readonly status: string;
  readonly elapsedMs: number;
}

/** Everything that a watch has seen of one sync log so far. */
export interface WatchedLog {
  readonly id: string;
  readonly trail: readonly StatusStep[];
  readonly points: readonly RecordsPoint[];
  readonly update: SyncLogUpdate | null;
  /** When the watch got that update, by the caller's clock; null before the first. */
  readonly updatedAtMs: number | null;
}

export function newWatchedLog(id: string): WatchedLog {
  return { id, trail: [], points: [], update: null, updatedAtMs: null };
}

/** The state after one more update. */
export function advanceWatchedLog(
  before: WatchedLog,
  update: SyncLogUpdate,
  nowMs: number,
): WatchedLog {
  const { elapsedMs, syncLog } = update;
  const status = printable(String(syncLog.status));
  const isNewStatus = before.trail.at(-1)?.status !== status;
  const { recordsIngested } = syncLog;
  return {
    id: before.id,
    trail: isNewStatus ? [...before.trail, { status, elapsedMs }] : before.trail,
    points:
      typeof recordsIngested === "number"
        ? [...before.points, { elapsedMs, recordsIngested }]
        : before.points,
    update,
    updatedAtMs: nowMs,
  };
}

/** How long the log has been watched; the time stops when the sync has ended. */
export function elapsedMsOf({ update, updatedAtMs }: WatchedLog, nowMs: number): number {
  if (update === null) return 0;
  return update.elapsedMs + (update.isTerminal ? 0 : nowMs - (updatedAtMs ?? nowMs));
}
