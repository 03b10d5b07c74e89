import type { SyncLog } from "@qontext/sync-log-schema";
import { observe, type SyncLogObservation, type SyncLogSight, unseen } from "./observation.ts";

/** The first of what was seen is kept, and so many of the latest. */
const maxHistory = 100;

/** What is known of a sync log that is looked at again and again. */
export class SyncLogView {
  syncLog: SyncLog | null = null;
  sight: SyncLogSight = unseen;
  /** Oldest first. Replaced and never changed. */
  history: readonly SyncLogObservation[] = [];

  /** Takes in one more look, and counts it as a change if the status or a count is another. */
  observe(syncLog: SyncLog, nowMs: number, epochMs: number): void {
    const { lastSeen: before } = this.sight;
    this.syncLog = syncLog;
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
