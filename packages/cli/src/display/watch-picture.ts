import { exitCode } from "../exit-code.ts";
import { formatDuration, formatRecords } from "../text/format-values.ts";
import { styled, styleOfStatus } from "../text/styled-line.ts";
import type { Line, Style } from "../text/styled-line.ts";
import { fitEnd, fitMiddle, oneLine } from "../text/terminal-text.ts";
import { boardPicture, fitLine } from "./board-picture.ts";
import type { BoardRow, PictureSize, RowProgress } from "./board-picture.ts";
import { tookMs } from "./log-times.ts";
import { leftText, percentText, rateText, reasonText, recordsText } from "./progress-lines.ts";
import { summaryParts } from "./summary-parts.ts";
import { elapsedMsOf } from "./watched-log.ts";
import type { WatchedLog } from "./watched-log.ts";

/** What the picture of a watch shows. */
export interface WatchView {
  readonly logs: readonly WatchedLog[];
  readonly nowMs: number;
  /** The last messages about trouble. */
  readonly notes: readonly Line[];
  /** Since when it is a board, on which logs appear, so that one alone has no picture of its own. */
  readonly boardSinceMs?: number | undefined;
}

function statusOf({ trail, ending }: WatchedLog): readonly [status: string, style: Style] {
  if (ending !== null && ending.error !== null) {
    if (ending.exitCode === exitCode.stillRunning) return ["still running", "cyan"];
    return [ending.exitCode === exitCode.notFound ? "not found" : "error", "red"];
  }
  const status = trail.at(-1)?.status;
  return status === undefined ? ["waiting", "dim"] : [status, styleOfStatus(status)];
}

/** `connection failed`; the message stands below the last picture. */
function errorWords(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? oneLine(code.replaceAll("_", " ")) : "";
}

/** Why a log ended as it did, as far as its status does not say it. */
function reasonOf({ update, ending }: WatchedLog): string {
  if (ending === null) return "";
  const { error, exitCode: code } = ending;
  if (error === null) return update === null ? "" : oneLine(reasonText(update.syncLog));
  return code === exitCode.stillRunning || code === exitCode.notFound ? "" : errorWords(error);
}

/** `1,800 records, 12 s`, or where there is a reason `This website is not supported. (450/1,800 records)`. */
function endedText(log: WatchedLog, durationMs: number): string {
  const { update } = log;
  const reason = reasonOf(log);
  if (update === null) return reason;
  const { recordsIngested: ingested, totalRecordsToIngest: total } = update.syncLog;
  const counts = ingested === total ? formatRecords(ingested, null) : recordsText(update);
  const records = counts === "" ? [] : [`${counts} records`];
  if (reason === "") return [...records, formatDuration(durationMs)].join(", ");
  return [reason, ...records.map((text) => `(${text})`)].join(" ");
}

function progressOf({ update, updatedAtMs }: WatchedLog, nowMs: number): RowProgress {
  if (update === null) return { percent: null, fields: [] };
  const percent = percentText(update);
  return {
    percent: update.percent,
    fields: [
      percent === "" ? "" : percent.padStart("99 %".length),
      recordsText(update),
      leftText(update, nowMs - (updatedAtMs ?? nowMs)),
      update.isStalled ? "no change" : "",
      rateText(update),
    ],
  };
}

/**
 * A watched log as a row of a board.
 *
 * @param durationMs - What is told of one that has ended: by default, how long it was watched.
 */
export function watchedRow(
  log: WatchedLog,
  nowMs: number,
  durationMs: number = elapsedMsOf(log, nowMs),
): BoardRow {
  const [status, style] = statusOf(log);
  const { id, ending } = log;
  return ending === null
    ? { id, status, style, progress: progressOf(log, nowMs), text: "" }
    : { id, status, style, progress: null, text: endedText(log, durationMs) };
}

/** `200 syncs: 150 running, 2 failed, 48 completed  1 m 20 s`. */
export function summaryLine(logs: readonly WatchedLog[], nowMs: number, sinceMs?: number): Line {
  const syncs = logs.map((log) => {
    const [status, style] = statusOf(log);
    return { status, style, isRunning: log.ending === null };
  });
  const elapsedMs =
    sinceMs === undefined
      ? Math.max(0, ...logs.map((log) => elapsedMsOf(log, nowMs)))
      : nowMs - sinceMs;
  return [...summaryParts(syncs), styled("dim", `  ${formatDuration(elapsedMs)}`)];
}

/** `pending 0 s → preparing 2 s → …`: each status with how far into the watch it was first seen. */
function trailText({ trail, update, ending }: WatchedLog): string {
  const steps = trail.map(({ status, elapsedMs }) => `${status} ${formatDuration(elapsedMs)}`);
  const isStalled = update?.isStalled === true && ending === null;
  return `${steps.join(" → ")}${isStalled ? " (no change)" : ""}`;
}

const indent = "  ";

/** One log, in more detail than a row has: its id, a bar, the statuses so far, and how it ended. */
function logPicture(log: WatchedLog, nowMs: number, size: PictureSize): readonly Line[] {
  const { columns, rows } = size;
  const elapsed = `  ${formatDuration(elapsedMsOf(log, nowMs))}`;
  const trail = fitEnd(trailText(log), columns - indent.length);
  const row = { ...watchedRow(log, nowMs), progress: progressOf(log, nowMs), id: "", text: "" };
  const items = { running: [row], ended: [], rowOf: (one: BoardRow) => one };
  const bar = boardPicture(items, [], { columns: columns - indent.length, rows });
  const reason = reasonOf(log);
  const lines: readonly Line[] = [
    [styled("bold", fitMiddle(log.id, columns - elapsed.length)), styled("dim", elapsed)],
    ...bar.map((line) => [indent, ...line]),
    [indent, styled("dim", trail)],
    ...(reason === "" ? [] : [[indent, reason]]),
  ];
  return rows === Infinity ? lines : lines.map((line) => fitLine(line, columns));
}

/** What a watch looks like at a moment. */
export function watchPicture(view: WatchView, size: PictureSize): readonly Line[] {
  const { logs, nowMs, notes, boardSinceMs } = view;
  const [first, ...others] = logs;
  if (first !== undefined && others.length === 0 && boardSinceMs === undefined) {
    const lines = [
      ...logPicture(first, nowMs, size),
      ...notes.map((line) => fitLine(line, size.columns)),
    ];
    return lines.slice(0, size.rows);
  }
  const running = logs.filter(({ ending }) => ending === null);
  // Those that have ended last are the news.
  const ended = logs
    .filter(({ ending }) => ending !== null)
    .toSorted((a, b) => (b.ending?.endedAtMs ?? 0) - (a.ending?.endedAtMs ?? 0));
  const rowOf = (log: WatchedLog): BoardRow => {
    // A board has not been there from the beginning of each: what counts is how long the sync itself took.
    const durationMs =
      boardSinceMs === undefined || log.update === null ? null : tookMs(log.update.syncLog);
    return watchedRow(log, nowMs, durationMs ?? undefined);
  };
  const items = { running, ended, rowOf };
  return boardPicture(items, [...notes, summaryLine(logs, nowMs, boardSinceMs)], size);
}
