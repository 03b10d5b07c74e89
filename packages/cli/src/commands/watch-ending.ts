import type { WaitResult } from "@qontext/sync-log-client";
import { quoteWord } from "@qontext/sync-log-command-line";
import { exitCode, exitCodeByOutcome, exitCodeOfError } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { recordsText, reasonText } from "../display/progress-lines.ts";
import { elapsedMsOf } from "../display/watched-log.ts";
import type { WatchedLog } from "../display/watched-log.ts";
import { colorStatus } from "../text/colors.ts";
import type { Colors } from "../text/colors.ts";
import { errorLine } from "../text/error-lines.ts";
import { fitMiddle } from "../text/terminal-text.ts";
import { formatCount, formatDuration } from "../text/format-values.ts";

/** How the watch of one sync log ended. */
export type WatchEnding =
  | { readonly id: string; readonly result: WaitResult }
  | { readonly id: string; readonly error: unknown };

export function exitCodeOfEnding(ending: WatchEnding): ExitCode {
  return "result" in ending
    ? exitCodeByOutcome[ending.result.outcome]
    : exitCodeOfError(ending.error);
}

/** The state of a log that has not ended: `ingesting, 810/1,800 records, after 12 s`. */
export function standing(log: WatchedLog, nowMs: number): string {
  const { update, trail } = log;
  if (update === null) return "not read yet";
  const records = recordsText(update);
  const counts = records === "" ? "" : `, ${records} records`;
  return `${trail.at(-1)?.status ?? ""}${counts}, after ${formatDuration(elapsedMsOf(log, nowMs))}`;
}

const minIdWidth = 13;

/** The line for people about how a watch ended. */
export function endingLine(
  ending: WatchEnding,
  log: WatchedLog,
  nowMs: number,
  { columns, colors }: { readonly columns: number; readonly colors: Colors },
): string {
  const { id } = ending;
  if ("error" in ending) {
    return exitCodeOfEnding(ending) === exitCode.stillRunning
      ? `${id} is still running: ${standing(log, nowMs)}. The sync continues without the watch.`
      : `${id}: ${errorLine(ending.error)}`;
  }
  const { status, syncLog } = ending.result;
  const { recordsIngested } = syncLog;
  const records =
    typeof recordsIngested === "number" ? `, ${formatCount(recordsIngested)} records` : "";
  const reason = log.update === null ? "" : reasonText(log.update.syncLog);
  // The frame above has the whole id.
  const room = columns - status.length - records.length - 1;
  return `${fitMiddle(id, Math.max(minIdWidth, room))} ${colorStatus(status, status, colors)}${records}${reason === "" ? "" : `: ${reason}`}`;
}

/** The command that continues a watch. It never contains the key. */
export function resumeCommand(
  workspaceId: string,
  ids: readonly string[],
  baseUrl: string | undefined,
): string {
  const words = ["sync-log", "watch", workspaceId, ...ids];
  if (baseUrl !== undefined) words.push("--base-url", baseUrl);
  return words.map(quoteWord).join(" ");
}
