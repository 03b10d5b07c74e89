import { syncLogStatusValues } from "@qontext/sync-log-schema";
import { plainText, styled } from "../text/styled-line.ts";
import type { Line, Style } from "../text/styled-line.ts";
import {
  fitMiddle,
  fitsIn,
  fitStart,
  padded,
  progressBar,
  widthOf,
} from "../text/terminal-text.ts";

/** One sync on a board. */
export interface BoardRow {
  readonly id: string;
  /** A word or two, such as `ingesting` or `not found`. */
  readonly status: string;
  readonly style: Style;
  /** How far the sync is; null once there is nothing more to come. */
  readonly progress: RowProgress | null;
  /** How it ended, in words; empty while it runs. */
  readonly text: string;
}

/** How far a sync is. */
export interface RowProgress {
  /** From 0 to 100; null while it is unknown. */
  readonly percent: number | null;
  /** From the most to the least important; what does not fit is left out. */
  readonly fields: readonly string[];
}

/** The size of a picture. */
export interface PictureSize {
  /** In characters; no line is longer, but for a text in a picture of any height. */
  readonly columns: number;
  /** In lines; a higher picture is cut and says what it leaves out. `Infinity` for a picture to keep, in which texts stay whole. */
  readonly rows: number;
}

const statusWidth = Math.max(...syncLogStatusValues.map(({ length }) => length));
/** For a bar and a percentage. */
const progressWidth = 25;
/** For a percentage alone. */
const percentWidth = 7;
/** Ids begin alike: shorter ones could hardly be told apart. */
const shortIdWidth = 19;
const barWidths = { least: 8, most: 24, fields: 45 };

/** Where the columns of a board are. */
interface Columns {
  readonly id: number;
  readonly bar: number;
  /** Behind the id. */
  readonly room: number;
}

/** The same for all rows, so that they stand below each other. */
function layOut(rows: readonly BoardRow[], columns: number): Columns {
  const behindStatus = Math.max(0, columns - statusWidth - 1);
  const longest = Math.max(0, ...rows.map(({ id }) => id.length));
  const shortest = Math.max(0, Math.min(shortIdWidth, behindStatus - percentWidth));
  const id = Math.min(longest, Math.max(behindStatus - progressWidth, shortest));
  const room = behindStatus - id;
  const { least, most, fields } = barWidths;
  const bar = room < least + 2 + percentWidth ? 0 : Math.min(most, Math.max(least, room - fields));
  return { id, bar, room };
}

function progressParts({ percent, fields }: RowProgress, style: Style, at: Columns): Line {
  const bar = at.bar === 0 ? [] : ["  ", styled(style, progressBar(percent, at.bar))];
  let left = at.bar === 0 ? at.room : at.room - at.bar - 2;
  const fitting = fields.filter((field) => {
    const fits = field !== "" && field.length + 2 <= left;
    if (fits) left -= field.length + 2;
    return fits;
  });
  return [...bar, ...fitting.map((field) => `  ${field}`)];
}

function rowLine(row: BoardRow, at: Columns, isWhole: boolean): Line {
  const { id, status, style, progress, text } = row;
  const words = isWhole ? text : fitStart(text, at.room - 2);
  return [
    styled(style, padded(status, statusWidth)),
    " ",
    styled("bold", padded(fitMiddle(id, at.id), at.id)),
    ...(progress === null ? [] : progressParts(progress, style, at)),
    words === "" ? "" : `  ${words}`,
  ];
}

/** A line, cut where it would be longer than the picture is wide. */
export function fitLine(line: Line, columns: number): Line {
  let room = columns;
  return line.map((part, index) => {
    const text = typeof part === "string" ? part : part.text;
    const isCut =
      room > 0 && !fitsIn(plainText(line.slice(index)), room) && !fitsIn(text, room - 1);
    const fitted = isCut ? fitStart(`${text} `, room) : fitStart(text, room);
    room = isCut ? 0 : room - widthOf(fitted);
    return typeof part === "string" ? fitted : styled(part.style, fitted);
  });
}

/** What stands on a board, of any type; only what is shown becomes a row. */
export interface BoardItems<Item> {
  /** Each in its order, what is to be seen first. */
  readonly running: readonly Item[];
  readonly ended: readonly Item[];
  readonly rowOf: (item: Item) => BoardRow;
}

/** Which items are shown, and how many of each kind are not. */
function selectItems<Item>({ running, ended }: BoardItems<Item>, height: number) {
  if (running.length + ended.length <= height) return { shown: [...running, ...ended], left: [] };
  // A line says what is left out. A third stays for what has ended last, whatever else runs.
  const room = Math.max(0, height - 1);
  const shownRunning = running.slice(0, room - Math.min(ended.length, Math.floor(room / 3)));
  const shownEnded = ended.slice(0, room - shownRunning.length);
  const left = [
    [running.length - shownRunning.length, "running"] as const,
    [ended.length - shownEnded.length, "ended"] as const,
  ].filter(([count]) => count > 0);
  return { shown: [...shownRunning, ...shownEnded], left };
}

/**
 * Any number of syncs as a picture, a line for each: first those that run, then those that have ended.
 *
 * @param footer - Lines below them, which are never left out.
 */
export function boardPicture<Item>(
  items: BoardItems<Item>,
  footer: readonly Line[],
  { columns, rows: height }: PictureSize,
): readonly Line[] {
  const { shown, left } = selectItems(items, height - footer.length);
  const rows = shown.map(items.rowOf);
  const at = layOut(rows, columns);
  const isWhole = height === Infinity;
  const lines = rows.map((row) => rowLine(row, at, isWhole));
  if (left.length > 0) {
    const counts = left.map(([count, kind]) => `${count} more ${kind}`).join(", ");
    lines.push([styled("dim", `… and ${counts}`)]);
  }
  return [...lines, ...footer]
    .slice(-height)
    .map((line) => (isWhole ? line : fitLine(line, columns)));
}
