import type { Scrub } from "../secrets/create-scrubber.ts";
import type { SyncLog } from "@qontext/sync-log-schema";
import { isSyncLogError } from "../errors/guards.ts";
import type { SyncLogView } from "./sync-log-view.ts";

/** The error with what the wait knows: the last sync log, what was seen, and its correlation id. */
export function withWaitContext(error: unknown, view: SyncLogView, scrub: Scrub): unknown {
  if (!isSyncLogError(error)) return error;
  const lastSyncLog = view.syncLog && scrubbedCopy(view.syncLog, scrub);
  return Object.assign(error, {
    lastSyncLog,
    history: [...view.history],
    correlationId: error.correlationId ?? lastSyncLog?.correlationId ?? null,
  });
}

function scrubbedCopy(syncLog: SyncLog, scrub: Scrub): SyncLog {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what replaces a key has nothing that JSON would escape, so the shape stays
  return JSON.parse(scrub(JSON.stringify(syncLog))) as SyncLog;
}
