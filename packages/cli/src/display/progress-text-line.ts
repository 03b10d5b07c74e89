import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";
import { printable } from "../text/terminal-text.ts";
import { leftText, percentText, rateText, recordsText } from "./progress-fields.ts";

/** Why a sync ended as it did, preferably in the words for users; empty if the log does not say. */
export function reasonText(log: SyncLog): string {
  const reason = log.userFacingErrorMessage ?? log.errorMessage;
  return typeof reason === "string" ? printable(reason) : "";
}

/** One update as a line for pipes and logs: `sync_… ingesting 450/1,800 25 % 12.3/s 1 m 20 s left`. */
export function progressTextLine(id: string, update: SyncLogUpdate): string {
  const reason = update.isTerminal ? reasonText(update.syncLog) : "";
  const fields = [
    id,
    printable(String(update.syncLog.status)),
    recordsText(update),
    percentText(update),
    rateText(update),
    leftText(update, 0),
    update.isStalled ? "(no change)" : "",
    reason === "" ? "" : `(${reason})`,
  ];
  return fields.filter((field) => field !== "").join(" ");
}
