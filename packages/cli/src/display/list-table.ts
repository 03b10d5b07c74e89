import { isTerminal } from "@qontext/sync-log-client";
import type { SyncLog } from "@qontext/sync-log-schema";
import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import { formatAge, formatDuration, formatRecords } from "../text/format-values.ts";
import { styled, styleOfStatus } from "../text/styled-line.ts";
import type { Line, StyledText } from "../text/styled-line.ts";
import { fitMiddle, oneLine, padded, progressBar, valueText } from "../text/terminal-text.ts";
import { fitLine } from "./board-picture.ts";
import { timeOf, tookMs } from "./log-times.ts";
import { reasonText } from "./progress-lines.ts";
import { summaryParts } from "./summary-parts.ts";

/** What a table is made of. */
export interface ListView {
  /** In the order of their lines; all of them are counted. */
  readonly logs: readonly SyncLog[];
  /** How many have a line; the others are counted only. */
  readonly limit?: number | undefined;
  /** In milliseconds since 1970. */
  readonly nowMs: number;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly cell: (log: SyncLog, width: number) => string | StyledText;
}

const longest = (words: readonly string[]): number =>
  Math.max(...words.map(({ length }) => length));
const widths = {
  status: longest(syncLogStatusValues),
  type: longest(syncLogTypeValues),
  /** Of an id that is shortened: they begin alike. */
  shortId: 19,
  /** Of a usual id: a longer one leaves the other columns their place. */
  longId: "sync_00000000-0000-4000-8000-000000000000".length,
  age: "59m".length,
  counts: "1,800/1,800".length,
  bar: { least: 6, most: 10 },
  took: "59 m 59 s".length,
  reason: 20,
};
const gap = 2;

function statusCell({ status }: SyncLog): StyledText {
  const word = oneLine(valueText(status));
  return styled(styleOfStatus(word), padded(word, widths.status));
}

function recordsCell(log: SyncLog, width: number): string | StyledText {
  const { recordsIngested: ingested, totalRecordsToIngest: total } = log;
  const counts = formatRecords(ingested, total, widths.counts).padEnd(widths.counts);
  const barWidth = width - widths.counts - 1;
  if (barWidth < widths.bar.least) return counts;
  if (typeof total !== "number" || total <= 0) return `${" ".repeat(barWidth)} ${counts}`;
  const bar = progressBar(((ingested ?? 0) / total) * 100, barWidth);
  return styled(styleOfStatus(valueText(log.status)), `${bar} ${counts}`);
}

/**
 * The columns of a width. What is not as important as the rest is left out where there is no room for it; nothing depends on
 * the logs but the length of their ids, so that two lists of a workspace look the same.
 */
function layOut(columns: number, longestId: number, nowMs: number): readonly Column[] {
  const behindStatus = columns - widths.status - 1;
  const id = Math.max(
    widths.shortId,
    Math.min(longestId, Math.max(behindStatus - gap - widths.age, widths.shortId)),
  );
  let room = behindStatus - id;
  /** Takes the room, or all of it where there is not enough, so that nothing less important is shown. */
  const take = (wanted: number): boolean => {
    const fits = wanted <= room;
    room = fits ? room - wanted : 0;
    return fits;
  };
  const hasAge = take(gap + widths.age);
  const hasRecords = take(gap + widths.counts);
  const hasBar = take(1 + widths.bar.least);
  const hasTook = take(gap + widths.took);
  const hasReason = take(gap + widths.reason);
  const hasType = take(gap + widths.type);
  const wider = hasBar ? Math.min(room, widths.bar.most - widths.bar.least) : 0;
  const bar = hasBar ? 1 + widths.bar.least + wider : 0;
  const shown: readonly (Column | false)[] = [
    { title: "STATUS", width: widths.status, cell: statusCell },
    {
      title: "ID",
      width: id,
      cell: (log) => styled("bold", padded(fitMiddle(oneLine(valueText(log.id)), id), id)),
    },
    hasType && {
      title: "TYPE",
      width: widths.type,
      cell: ({ type }, width) => padded(oneLine(valueText(type)), width),
    },
    hasRecords && { title: "RECORDS", width: widths.counts + bar, cell: recordsCell },
    hasAge && {
      title: "AGE".padStart(widths.age),
      width: widths.age,
      cell: ({ createdAt }, width) => {
        const createdMs = timeOf(createdAt);
        return (createdMs === null ? "" : formatAge(nowMs - createdMs)).padStart(width);
      },
    },
    hasTook && {
      title: "TOOK".padStart(widths.took),
      width: widths.took,
      cell: (log, width) => {
        const durationMs = tookMs(log, isTerminal(log) ? null : nowMs);
        return (durationMs === null ? "" : formatDuration(durationMs)).padStart(width);
      },
    },
    hasReason && {
      title: "ERROR",
      width: widths.reason + room - wider,
      cell: (log, width) => padded(oneLine(reasonText(log)), width).trimEnd(),
    },
  ];
  return shown.filter((column) => column !== false);
}

function rowLine(columns: readonly Column[], cells: readonly (string | StyledText)[]): Line {
  // The status has a style of its own, and needs no more than a space behind it.
  return cells.flatMap((cell, index) => {
    if (index === 0) return [cell];
    return [index === 1 ? " " : " ".repeat(gap), cell];
  });
}

/** Why a sync failed, and what else its line has no column for, where there is no column for reasons. */
function reasonLine(log: SyncLog, columns: readonly Column[], nowMs: number): readonly Line[] {
  const has = (title: string): boolean => columns.some((column) => column.title.trim() === title);
  const reason = oneLine(reasonText(log));
  if (has("ERROR") || reason === "") return [];
  const tookFor = tookMs(log, isTerminal(log) ? null : nowMs);
  const parts = [
    has("TYPE") ? "" : oneLine(valueText(log.type)),
    has("TOOK") || tookFor === null ? "" : formatDuration(tookFor),
  ].filter((part) => part !== "");
  const known = parts.length === 0 ? "" : `${parts.join(", ")}: `;
  return [["  ", styled("dim", known), reason]];
}

/** Sync logs as a table, a line for each, and below them a line that sums up. */
export function listTable({ logs, limit, nowMs }: ListView, columns: number): readonly Line[] {
  const shown = logs.slice(0, limit);
  const more = logs.length - shown.length;
  const longestId = shown.reduce((most, { id }) => Math.max(most, valueText(id).length), 0);
  const table = layOut(columns, Math.min(longestId, widths.longId), nowMs);
  const [, idColumn] = table;
  const isShortened = (idColumn?.width ?? 0) < longestId;
  const syncs = logs.map((log) => {
    const status = oneLine(valueText(log.status));
    return { status, style: styleOfStatus(status), isRunning: !isTerminal(log) };
  });
  const lines: readonly Line[] = [
    rowLine(
      table,
      table.map(({ title, width }) => styled("dim", title.padEnd(width))),
    ),
    ...shown.flatMap((log) => [
      rowLine(
        table,
        table.map(({ cell, width }) => cell(log, width)),
      ),
      ...reasonLine(log, table, nowMs),
    ]),
    ...(more > 0 ? [[styled("dim", `… and ${more} more`)]] : []),
    summaryParts(syncs),
    ...(isShortened ? [[styled("dim", "Whole ids: --field id")]] : []),
  ];
  return lines.map((line) => fitLine(line, columns));
}
