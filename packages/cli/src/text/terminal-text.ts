import stringWidth from "string-width";
import { harmlessText } from "@qontext/sync-log-command-line";

/** A value that should be a text, as one; a service may send anything in its place. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text as it will be printed, to be measured. */
export function oneLine(text: string): string {
  return harmlessText(text).trim();
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

const graphemes = new Intl.Segmenter();

/** The beginning of a text, at most `width` columns of it. */
function headOf(text: string, width: number): string {
  let head = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    head += segment;
  }
  return head;
}

/** Whether a text takes at most `width` columns. */
export function fitsIn(text: string, width: number): boolean {
  // No character is narrower than nothing: a text of a megabyte need not be measured.
  return text.length <= width * 4 && widthOf(text) <= width;
}

/** At most `width` columns; a longer text loses its end. */
export function fitStart(text: string, width: number): string {
  if (fitsIn(text, width)) return text;
  return width < 1 ? "" : `${headOf(text, width - 1)}…`;
}

/** At most `width` columns; a longer text loses its beginning, because the end is the newest. */
export function fitEnd(text: string, width: number): string {
  if (text.length <= width) return text;
  return width < 1 ? "" : `…${text.slice(text.length - width + 1)}`;
}

/** At most `width` columns; a longer id loses its middle, because ids differ at both ends. */
export function fitMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width < 5) return text.slice(0, Math.max(0, width));
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** A text that takes exactly `width` columns, cut or followed by spaces. */
export function padded(text: string, width: number): string {
  const cut = fitStart(text, width);
  return cut + " ".repeat(Math.max(0, width - widthOf(cut)));
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of `width` characters, filled to `percent` in steps of an eighth; dots while the percentage is unknown. */
export function progressBar(percent: number | null, width: number): string {
  if (percent === null) return "·".repeat(width);
  const steps = Math.floor((Math.min(100, Math.max(0, percent)) / 100) * width * 8);
  const full = Math.floor(steps / 8);
  const part = eighths[steps % 8] ?? "";
  return `${"█".repeat(full)}${part}`.padEnd(width, "░");
}
