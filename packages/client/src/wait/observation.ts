import { type SyncLog, syncLogLifecycle } from "@qontext/sync-log-schema";
import { advanceProgress, countOf, type ProgressState } from "./progress.ts";
import { outcomeOf } from "./terminal-status.ts";

/** What a wait saw of a sync log at one moment. */
export interface SyncLogObservation {
  /** When, in milliseconds since 1970. */
  readonly atMs: number;
  readonly status: SyncLog["status"];
  /** Null where the sync log does not say. */
  readonly recordsIngested: number | null;
  /** Null where the sync log does not say. */
  readonly totalRecordsToIngest: number | null;
}

/** What is known of a sync log that is read again and again. */
export interface SyncLogSight {
  /** The sync log when it last changed; null until it was seen. */
  readonly lastSeen: SyncLogObservation | null;
  /** How fast the sync goes; null until it was seen. */
  readonly progress: ProgressState | null;
}

/** What is known before the first look. */
export const unseen: SyncLogSight = { lastSeen: null, progress: null };

/** What is known after one more look; the same `lastSeen` where neither status nor counts changed. */
export function observe(before: SyncLogSight, syncLog: SyncLog, nowMs: number): SyncLogSight {
  const { lastSeen } = before;
  const seen: SyncLogObservation = {
    atMs: nowMs,
    status: syncLog.status,
    recordsIngested: countOf(syncLog.recordsIngested),
    totalRecordsToIngest: countOf(syncLog.totalRecordsToIngest),
  };
  const isSame =
    lastSeen !== null &&
    seen.status === lastSeen.status &&
    seen.recordsIngested === lastSeen.recordsIngested &&
    seen.totalRecordsToIngest === lastSeen.totalRecordsToIngest;
  return {
    lastSeen: isSame ? lastSeen : seen,
    progress: advanceProgress(before.progress, syncLog, nowMs),
  };
}

/**
 * Whether a sync log is of a moment before what was seen of it: its status is earlier in the lifecycle, or fewer records are
 * ingested. An unknown status is neither before nor after another one.
 */
export function isBehind(syncLog: SyncLog, seen: SyncLogObservation | null | undefined): boolean {
  if (!seen) return false;
  const [rank, seenRank] = [rankOf(syncLog.status), rankOf(seen.status)];
  if (rank !== seenRank) return rank < seenRank;
  return (countOf(syncLog.recordsIngested) ?? Infinity) < (seen.recordsIngested ?? 0);
}

/** How far in the lifecycle a status is; for an unknown one no number, which is not less than any. */
function rankOf(status: unknown): number {
  if (outcomeOf(status) !== undefined) return Infinity;
  const order: readonly unknown[] = syncLogLifecycle.order;
  const index = order.indexOf(status);
  return index === -1 ? NaN : index;
}

/** The rows of these ids in a list; of several with one id, the furthest. What has no id or no status is no sync log, and is passed over. */
export function rowsOf(
  list: readonly SyncLog[],
  ids: { readonly has: (id: string) => boolean },
): ReadonlyMap<string, SyncLog> {
  const rows = new Map<string, SyncLog>();
  for (const row of list) {
    const { id, status }: { id?: unknown; status?: unknown } = Object(row);
    if (typeof id !== "string" || typeof status !== "string" || status === "") continue;
    if (!ids.has(id)) continue;
    const other = rows.get(id);
    if (other === undefined || !isBehind(row, observe(unseen, other, 0).lastSeen))
      rows.set(id, row);
  }
  return rows;
}

/** The first of what was seen is kept, and so many of the latest. */
const maxHistory = 100;

/** What is known of a sync log that is looked at again and again. */
export class SyncLogView {
  /** The sync log as it was last sent: everyone is given one of their own. */
  text: string | null = null;
  sight: SyncLogSight = unseen;
  /** Oldest first. Replaced and never changed. */
  history: readonly SyncLogObservation[] = [];

  /** Takes in one more look, and counts it as a change if the status or a count is another. */
  observe(syncLog: SyncLog, text: string, nowMs: number, epochMs: number): void {
    const { lastSeen: before } = this.sight;
    this.text = text;
    this.sight = observe(this.sight, syncLog, nowMs);
    const { lastSeen } = this.sight;
    if (lastSeen === null || lastSeen === before) return;
    const { history } = this;
    const kept =
      history.length < maxHistory ? history : history.filter((_seen, index) => index !== 1);
    // A pushed array would hold places for sixteen more, in each of many thousands of waits.
    this.history = kept.concat({ ...lastSeen, atMs: epochMs });
  }
}
