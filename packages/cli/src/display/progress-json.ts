import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { ExitCode } from "../exit-code.ts";
import { errorLine } from "../text/error-lines.ts";

/** One update as the object of a line of JSON: the progress first, then the whole sync log. */
export function progressJson(id: string, update: SyncLogUpdate): object {
  const { syncLog, percent, ratePerSecond, etaMs, elapsedMs, polls, isTerminal, isStalled } =
    update;
  return {
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
  };
}

/** The object of the line of JSON for a log whose watch ended with an error. */
export function progressErrorJson(id: string, error: unknown, exitCode: ExitCode): object {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return { id, error: errorLine(error), code, exitCode };
}
