import { type LifecycleOutcome, type SyncLog, syncLogLifecycle } from "@qontext/sync-log-schema";

/** A status that a sync log never leaves. */
export type TerminalStatus = keyof typeof syncLogLifecycle.terminal;

/** A sync log that has ended. */
export interface TerminalSyncLog<Status extends TerminalStatus = TerminalStatus> extends SyncLog {
  readonly status: Status;
}

/** What a status means for the sync, by the lifecycle; undefined if it is not terminal or unknown. */
export function outcomeOf(status: unknown): LifecycleOutcome | undefined {
  const outcomes: Readonly<Record<string, LifecycleOutcome>> = syncLogLifecycle.terminal;
  return typeof status === "string" && Object.hasOwn(outcomes, status)
    ? outcomes[status]
    : undefined;
}

/** Whether a sync log has ended. An unknown status counts as one that has not. */
export function isTerminal(syncLog: SyncLog): syncLog is TerminalSyncLog {
  return outcomeOf(syncLog.status) !== undefined;
}
