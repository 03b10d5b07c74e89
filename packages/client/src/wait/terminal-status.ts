import { syncLogLifecycle, type SyncLog } from "@qontext/sync-log-schema";

/** A status after which a sync log does not change any more. */
export type TerminalStatus = keyof typeof syncLogLifecycle.terminal;

/** A sync log that has ended. */
export type TerminalSyncLog = SyncLog & { readonly status: TerminalStatus };

/** Whether a sync log has ended. A status that is not known is taken for one that has not. */
export function isTerminal(syncLog: SyncLog): syncLog is TerminalSyncLog {
  const status: unknown = syncLog.status;
  return typeof status === "string" && Object.hasOwn(syncLogLifecycle.terminal, status);
}
