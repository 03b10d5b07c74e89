import { syncLogStatusValues } from "@qontext/sync-log-schema";
import { colorStatus } from "../text/colors.ts";
import type { Colors } from "../text/colors.ts";
import { fitEnd, fitMiddle, progressBar } from "../text/terminal-text.ts";
import { formatDuration } from "../text/format-values.ts";
import { leftText, percentText, rateText, recordsText } from "./progress-lines.ts";
import { elapsedMsOf } from "./watched-log.ts";
import type { WatchedLog } from "./watched-log.ts";

/** How a frame is drawn. */
export interface FrameOptions {
  /** Of the terminal, in characters; no line is longer. */
  readonly columns: number;
  /** Of the terminal, in lines; a higher frame is cut, and says how many logs it omits. */
  readonly rows: number;
  readonly nowMs: number;
  readonly colors: Colors;
}

const indent = "  ";
const maxStatusWidth = Math.max(...syncLogStatusValues.map(({ length }) => length));
const minBarWidth = 8;
const maxBarWidth = 32;

/** `pending 0 s → preparing 2 s → …`: each status with how far into the watch it was first seen. */
export function trailText(log: WatchedLog): string {
  return log.trail
    .map(({ status, elapsedMs }) => `${status} ${formatDuration(elapsedMs)}`)
    .join(" → ");
}

/** The width of fields, each with a gap before it. */
function totalLength(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + field.length + 2, 0);
}

/** The fields right of the bar, as many as leave room for it; the least important are dropped first. */
function fittingFields(fields: readonly string[], room: number): readonly string[] {
  const kept = fields.filter((field) => field !== "");
  while (kept.length > 0 && totalLength(kept) + minBarWidth > room) kept.pop();
  return kept;
}

function progressLine(log: WatchedLog, { columns, nowMs, colors }: FrameOptions): string {
  const { update } = log;
  if (update === null)
    return `${indent}${colors.dim(fitEnd("waiting for the first response", columns - 2))}`;
  const statusWidth = Math.min(maxStatusWidth, columns - indent.length - 1);
  const status = fitMiddle(log.trail.at(-1)?.status ?? "", statusWidth);
  const sinceUpdateMs = nowMs - (log.updatedAtMs ?? nowMs);
  const room = columns - indent.length - statusWidth - 1;
  const fields = fittingFields(
    [percentText(update), recordsText(update), leftText(update, sinceUpdateMs), rateText(update)],
    room,
  );
  const tail = fields.map((field) => `  ${field}`).join("");
  const barWidth = Math.min(maxBarWidth, room - tail.length);
  const bar = barWidth < minBarWidth ? "" : progressBar(update.percent, barWidth);
  return `${indent}${colorStatus(status, status.padEnd(statusWidth), colors)} ${colorStatus(status, bar, colors)}${tail}`;
}

function logLines(log: WatchedLog, options: FrameOptions): readonly string[] {
  const { columns, nowMs, colors } = options;
  const elapsed = `  ${formatDuration(elapsedMsOf(log, nowMs))}`;
  const stalled = log.update?.isStalled === true ? " (no change)" : "";
  const trail = fitEnd(`${trailText(log)}${stalled}`, columns - indent.length);
  return [
    `${colors.bold(fitMiddle(log.id, columns - elapsed.length))}${colors.dim(elapsed)}`,
    progressLine(log, options),
    // Also while it is empty: a frame that is redrawn in place must not grow.
    trail === "" ? "" : `${indent}${colors.dim(trail)}`,
  ];
}

/** One frame with all watched logs: for each its id, a bar with its progress, and the statuses so far. */
export function progressFrame(logs: readonly WatchedLog[], options: FrameOptions): string {
  const lines: string[] = [];
  for (const [index, log] of logs.entries()) {
    const own = logLines(log, options);
    const isLast = index === logs.length - 1;
    // The cursor needs a line below the frame, and a cut frame needs one to say so.
    if (lines.length + own.length + (isLast ? 1 : 2) > options.rows && index > 0) {
      lines.push(options.colors.dim(`… and ${logs.length - index} more`));
      break;
    }
    lines.push(...own);
  }
  return lines.join("\n");
}
