import type { Scrub } from "../secrets/create-scrubber.ts";
import { isSyncLogError } from "../errors/guards.ts";
import { scrubError } from "../secrets/scrub-error.ts";
import type { SyncLogView } from "./sync-log-view.ts";

/**
 * The error with what the wait knows: the last sync log, what was seen, and its correlation id. What
 * a server sent may have the key in it, even as a status.
 */
export function withWaitContext(error: unknown, view: SyncLogView, scrub: Scrub): unknown {
  if (!isSyncLogError(error)) return error;
  const { syncLog: lastSyncLog, history } = scrubbedCopy(view, scrub);
  return scrubError(error, scrub, {
    lastSyncLog,
    history,
    correlationId: error.correlationId ?? lastSyncLog?.correlationId ?? null,
  });
}

function scrubbedCopy(
  { syncLog, history }: SyncLogView,
  scrub: Scrub,
): Pick<SyncLogView, "syncLog" | "history"> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what replaces a key has nothing that JSON would escape, so the shape stays
  return JSON.parse(scrub(JSON.stringify({ syncLog, history }))) as SyncLogView;
}
