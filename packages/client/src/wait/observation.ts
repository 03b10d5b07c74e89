import type { SyncLog } from "@qontext/sync-log-schema";

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
