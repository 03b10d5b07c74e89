import { syncLogLifecycle, type LifecycleOutcome, type SyncLog } from "@qontext/sync-log-schema";

/** A status that a sync log never leaves. */
export type TerminalStatus = keyof typeof syncLogLifecycle.terminal;

/** A sync log that has ended. */
export type TerminalSyncLog = SyncLog & { readonly status: TerminalStatus };

/** Whether a sync log has ended. An unknown status counts as one that has not. */
export function isTerminal(syncLog: SyncLog): syncLog is TerminalSyncLog {
  const status: unknown = syncLog.status;
  return typeof status === "string" && Object.hasOwn(syncLogLifecycle.terminal, status);
}

const outcomes: Readonly<Record<string, LifecycleOutcome>> = syncLogLifecycle.terminal;

/** Whether a sync log has ended with the outcome `success` of the lifecycle. */
export function hasSucceeded({ status }: Pick<SyncLog, "status">): boolean {
  return outcomes[status] === "success";
}
