import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { ExitCode } from "../exit-code.ts";
import { oneLine, valueText } from "../text/terminal-text.ts";

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

/** What a watch has seen of a log; of the list of a workspace, no reads of a log are counted. */
export type SeenUpdate = Omit<SyncLogUpdate, "polls"> & { readonly polls: number | null };

/** How the watch of a log ended. */
export interface WatchEnding {
  readonly exitCode: ExitCode;
  /** Why it ended before the sync did; null where the sync has ended. */
  readonly error: unknown;
}

/** Everything that a watch has seen of one sync log so far. */
export interface WatchedLog {
  readonly id: string;
  readonly trail: readonly StatusStep[];
  readonly points: readonly RecordsPoint[];
  readonly update: SeenUpdate | null;
  /** When the watch got that update, by the caller's clock; null before the first. */
  readonly updatedAtMs: number | null;
  /** Null while the log is watched. */
  readonly ending: (WatchEnding & { readonly endedAtMs: number }) | null;
}

export function newWatchedLog(id: string): WatchedLog {
  return { id, trail: [], points: [], update: null, updatedAtMs: null, ending: null };
}

/** A watch may go on for a day: beyond this, every second point is forgotten. */
const maxPoints = 400;

function withPoint(points: readonly RecordsPoint[], point: RecordsPoint): readonly RecordsPoint[] {
  const kept = points.length < maxPoints ? points : points.filter((_, index) => index % 2 === 0);
  return [...kept, point];
}

/** The state after one more update. */
export function advanceWatchedLog(
  before: WatchedLog,
  update: SeenUpdate,
  nowMs: number,
): WatchedLog {
  const { elapsedMs, syncLog } = update;
  const status = oneLine(valueText(syncLog.status));
  const isNewStatus = before.trail.at(-1)?.status !== status;
  const { recordsIngested } = syncLog;
  return {
    ...before,
    trail: isNewStatus ? [...before.trail, { status, elapsedMs }] : before.trail,
    points:
      typeof recordsIngested === "number"
        ? withPoint(before.points, { elapsedMs, recordsIngested })
        : before.points,
    update,
    updatedAtMs: nowMs,
  };
}

/** The state after the watch of the log has ended. */
export function endWatchedLog(before: WatchedLog, ending: WatchEnding, nowMs: number): WatchedLog {
  return { ...before, ending: { ...ending, endedAtMs: nowMs } };
}

/** How long the log has been watched; the time stops at the end. */
export function elapsedMsOf({ update, updatedAtMs, ending }: WatchedLog, nowMs: number): number {
  if (update === null) return 0;
  const untilMs = ending?.endedAtMs ?? nowMs;
  return update.elapsedMs + (update.isTerminal ? 0 : untilMs - (updatedAtMs ?? untilMs));
}
