import type { SyncLog } from "@qontext/sync-log-schema";
import type { Progress } from "./progress.ts";

/** What a wait tells when something has changed. */
export interface SyncLogUpdate extends Progress {
  /** The sync log as it is now. */
  readonly syncLog: SyncLog;
  /** How long this wait has lasted, in milliseconds. */
  readonly elapsedMs: number;
  /** How many times the sync log was read for this wait. */
  readonly polls: number;
  /** Whether the sync has ended; the last update of every wait that comes to its end. */
  readonly isTerminal: boolean;
  /** Whether nothing has changed for `stalledAfterMs`. */
  readonly isStalled: boolean;
  /** The sync log's `correlationId`, for tracing across services. */
  readonly correlationId: string | null;
}
