import type { SyncLog } from "@qontext/sync-log-schema";
import { observe, type SyncLogObservation, type SyncLogSight, unseen } from "./observation.ts";

/** The first of what was seen is kept, and so many of the latest. */
const maxHistory = 100;

/** What is known of a sync log that is looked at again and again. */
export class SyncLogView {
  syncLog: SyncLog | null = null;
  sight: SyncLogSight = unseen;
  readonly history: SyncLogObservation[] = [];
  /** Grows with each change. */
  version: number = 0;

  /** Takes in one more look, and counts it as a change if the status or a count is another. */
  observe(syncLog: SyncLog, nowMs: number, epochMs: number): void {
    const { lastSeen: before } = this.sight;
    this.syncLog = syncLog;
    this.sight = observe(this.sight, syncLog, nowMs);
    const { lastSeen } = this.sight;
    if (lastSeen === null || lastSeen === before) return;
    if (this.history.length === maxHistory) this.history.splice(1, 1);
    this.history.push({ ...lastSeen, atMs: epochMs });
    this.version += 1;
  }
}
