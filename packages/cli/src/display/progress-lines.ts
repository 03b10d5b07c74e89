import type { SyncLog } from "@qontext/sync-log-schema";
import type { ExitCode } from "../exit-code.ts";
import { errorLine } from "../text/error-lines.ts";
import { formatDuration, formatRate, formatRecords } from "../text/format-values.ts";
import { valueText } from "../text/terminal-text.ts";
import type { SeenUpdate } from "./watched-log.ts";

/** `45 %`, or nothing while the percentage is unknown; never 100 % before the sync has ended. */
export function percentText({ percent, isTerminal }: SeenUpdate): string {
  if (percent === null) return "";
  const rounded = Math.floor(percent);
  return `${isTerminal ? rounded : Math.min(rounded, 99)} %`;
}

/** `450/1,800`. */
export function recordsText({ syncLog }: SeenUpdate): string {
  return formatRecords(syncLog.recordsIngested, syncLog.totalRecordsToIngest);
}

/** `12.3/s` while the sync runs. */
export function rateText({ ratePerSecond, isTerminal }: SeenUpdate): string {
  return ratePerSecond === null || isTerminal ? "" : formatRate(ratePerSecond);
}

/** `1 m 20 s left`, counted down by the time that has passed since the update. */
export function leftText({ etaMs, isTerminal }: SeenUpdate, sinceUpdateMs: number): string {
  if (etaMs === null || isTerminal) return "";
  return `${formatDuration(Math.max(0, etaMs - sinceUpdateMs))} left`;
}

/** Why a sync ended as it did, preferably in the words for users; empty if the log does not say. */
export function reasonText(log: SyncLog): string {
  const reason = log.userFacingErrorMessage ?? log.errorMessage;
  return typeof reason === "string" ? reason : "";
}

/** One update as a line for pipes and logs: `sync_… ingesting 450/1,800 25 % 12.3/s 1 m 20 s left`. */
export function progressTextLine(id: string, update: SeenUpdate): string {
  const reason = update.isTerminal ? reasonText(update.syncLog) : "";
  const fields = [
    id,
    valueText(update.syncLog.status),
    recordsText(update),
    percentText(update),
    rateText(update),
    leftText(update, 0),
    update.isStalled ? "(no change)" : "",
    reason === "" ? "" : `(${reason})`,
  ];
  return fields.filter((field) => field !== "").join(" ");
}

/** One update as the object of a line of JSON: the progress first, then the whole sync log. */
export function progressJson(id: string, update: SeenUpdate): object {
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
