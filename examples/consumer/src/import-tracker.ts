import type { TerminalStatus, TerminalSyncLog } from "@qontext/sync-log-client";
import { progressOf } from "@qontext/sync-log-client/wait";

/** What the service tells about one import. */
export interface ImportState {
  readonly id: string;
  readonly state: TerminalStatus | "running" | "unknown";
  /** From 0 to 100; null while the total is not known. */
  readonly percent: number | null;
  readonly message?: string;
}

/** Starts imports, and follows each of them until its sync has ended. */
export interface ImportTracker {
  start(records: readonly unknown[]): Promise<ImportState>;
  find(id: string): Promise<ImportState | undefined>;
  /** Leaves every import, as a service does that is told to stop; resolves once that is done. */
  stop(): Promise<void>;
}

/** An import whose sync has ended; a failure is told in words for users where there are any. */
export function endedImport(id: string, syncLog: TerminalSyncLog): ImportState {
  const message = syncLog.userFacingErrorMessage ?? syncLog.errorMessage;
  const { percent } = progressOf(syncLog, null, true);
  return { id, state: syncLog.status, percent, ...(message ? { message } : {}) };
}
