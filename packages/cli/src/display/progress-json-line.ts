import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { ExitCode } from "../exit-code.ts";
import { errorLine } from "../text/error-lines.ts";

/** One update as a line of JSON: the progress first, then the whole sync log. */
export function progressJsonLine(id: string, update: SyncLogUpdate): string {
  const { syncLog, percent, ratePerSecond, etaMs, elapsedMs, polls, isTerminal, isStalled } =
    update;
  return JSON.stringify({
    id,
    status: syncLog.status,
    isTerminal,
    isStalled,
    percent,
    recordsIngested: syncLog.recordsIngested ?? null,
    totalRecordsToIngest: syncLog.totalRecordsToIngest ?? null,
    ratePerSecond,
    etaMs,
    elapsedMs,
    polls,
    correlationId: update.correlationId,
    syncLog,
  });
}

/** The line of JSON for a log whose watch ended with an error. */
export function progressErrorLine(id: string, error: unknown, exitCode: ExitCode): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return JSON.stringify({ id, error: errorLine(error), code, exitCode });
}
