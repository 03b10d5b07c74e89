import { isSyncLogError } from "../errors/guards.ts";
import type { Redactor } from "../secrets/redactor.ts";
import { redactError } from "../secrets/redactor.ts";
import type { SyncLogView } from "./sync-log-view.ts";

/**
 * The error with what the wait knows: the last sync log, what was seen, and its correlation id. What
 * a server sent may have the key in it, even as a status.
 */
export function withWaitContext(
  error: unknown,
  { syncLog, history }: SyncLogView,
  redactor: Redactor,
): unknown {
  if (!isSyncLogError(error)) return error;
  const lastSyncLog = redactor.value(syncLog);
  return redactError(error, redactor, {
    lastSyncLog,
    history: redactor.value(history),
    correlationId: error.correlationId ?? lastSyncLog?.correlationId ?? null,
  });
}
