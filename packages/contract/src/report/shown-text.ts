import type { Secret } from "./redact.ts";
import { redactAll } from "./redact.ts";

/** Longer texts are cut. */
const maxLength = 4000;

/**
 * What is more than text to a terminal, a log or the reader of a report: control characters and line breaks, characters that
 * reverse or hide what follows, lone surrogates, and the beginning of a command to a CI server (`##vso[` of Azure, `##[` of
 * GitHub, `##teamcity[`), which may stand anywhere in a line.
 */
const unsafe =
  /[\p{Cc}\p{Cs}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|#(?=#[a-z]{0,20}\[)/gu;

/** A text on one line, in which what is more than text is shown as `\u001B`. */
export function shownText(text: string): string {
  const shown = text.replaceAll(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
  return shown.length <= maxLength ? shown : `${shown.slice(0, maxLength)}…`;
}

/** A copy of a value with all its strings and names fit to be shown: without the keys, and nothing but text. */
export function shownAll<Value>(value: Value, secrets: readonly Secret[]): Value {
  // oxlint-disable-next-line no-unsafe-type-assertion -- strings become strings, and all else stays what it is
  return mapTexts(redactAll(value, secrets)) as Value;
}

function mapTexts(value: unknown): unknown {
  if (typeof value === "string") return shownText(value);
  if (Array.isArray(value)) return value.map(mapTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [shownText(name), mapTexts(member)]),
  );
}
