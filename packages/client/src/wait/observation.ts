import type { SyncLog } from "@qontext/sync-log-schema";
import { advanceProgress, countOf, type ProgressState } from "./progress.ts";

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
