import type { SyncLog } from "@qontext/sync-log-schema";
import type { SyncLogObservation } from "./observation.ts";
import { advanceProgress, countOf, type ProgressState } from "./progress.ts";

/** The first of what was seen is kept, and so many of the latest. */
const maxHistory = 100;

/** What is known of a sync log that is looked at again and again. */
export class SyncLogView {
  syncLog: SyncLog | null = null;
  readonly history: SyncLogObservation[] = [];
  /** Grows with each change. */
  version: number = 0;
  observedAtMs: number = -Infinity;
  changedAtMs: number = -Infinity;
  progress: ProgressState | undefined;

  /** Takes in one more look, and counts it as a change if the status or a count is another. */
  observe(syncLog: SyncLog, nowMs: number, epochMs: number): void {
    this.syncLog = syncLog;
    this.observedAtMs = nowMs;
    this.progress = advanceProgress(this.progress, syncLog, nowMs);
    const seen = {
      atMs: epochMs,
      status: syncLog.status,
      recordsIngested: countOf(syncLog.recordsIngested),
      totalRecordsToIngest: countOf(syncLog.totalRecordsToIngest),
    };
    const last = this.history.at(-1);
    if (last !== undefined && isSame(seen, last)) return;
    if (this.history.length === maxHistory) this.history.splice(1, 1);
    this.history.push(seen);
    this.version += 1;
    this.changedAtMs = nowMs;
  }
}

function isSame(a: SyncLogObservation, b: SyncLogObservation): boolean {
  return (
    a.status === b.status &&
    a.recordsIngested === b.recordsIngested &&
    a.totalRecordsToIngest === b.totalRecordsToIngest
  );
}
