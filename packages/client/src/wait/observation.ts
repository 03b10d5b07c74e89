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
