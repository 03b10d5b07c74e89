import { stripVTControlCharacters } from "node:util";

// Control characters and the bidirectional overrides: text of a server must not move a cursor or reverse a line.
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** Text from the service on one line, without anything that a terminal would act on. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(unprintable, " ").trim();
}

/** At most `width` characters; longer text loses its middle, because ids differ at both ends. */
export function fitMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width < 5) return text.slice(0, Math.max(0, width));
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** At most `width` characters; longer text loses its beginning, because the end is the newest. */
export function fitEnd(text: string, width: number): string {
  if (text.length <= width) return text;
  return width < 1 ? "" : `…${text.slice(text.length - width + 1)}`;
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
