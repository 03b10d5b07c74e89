import parse from "parse-duration";
import { UsageError } from "./read-arguments.ts";

// The library skips what it does not understand; a typing error must not become a shorter wait.
const bareNumber = /^\d+(?:\.\d+)?$/u;
const unitsInOrder = ["d", "h", "m(?!s)", "s", "ms"]
  .map((unit) => String.raw`(?:\d+(?:\.\d+)?${unit})?`)
  .join("");
const duration = new RegExp(`^(?=\\d)${unitsInOrder}$`, "u");

/**
 * Reads a duration: `500ms`, `30s`, `1.5h`, `1h30m`, or a number alone, which is in seconds.
 *
 * @param text - What the user wrote.
 * @param option - The option it was written for, for the message.
 * @param minMs - The shortest duration that the option takes, in milliseconds.
 * @returns whole milliseconds
 * @throws UsageError for anything else.
 */
export function parseDuration(text: string, option: string, minMs = 0): number {
  const trimmed = text.trim();
  const isDuration = bareNumber.test(trimmed) || duration.test(trimmed);
  const durationMs = isDuration ? Math.round((parse(trimmed, "s") ?? 0) * 1000) : Number.NaN;
  if (Number.isSafeInteger(durationMs) && durationMs >= minMs) return durationMs;
  const least = minMs > 0 ? ` of at least ${minMs}ms` : "";
  throw new UsageError(
    `${option} takes a duration${least}, such as 500ms, 30s, 1h30m, or a number of seconds, not "${text}".`,
  );
}

/**
 * Reads a whole number.
 *
 * @throws UsageError for anything else, or a number out of range.
 */
export function parseWholeNumber(
  text: string,
  option: string,
  min = 0,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  const number = Number(text);
  if (/^\d+$/u.test(text) && number >= min && number <= max) return number;
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  throw new UsageError(`${option} takes a whole number, ${range}, not "${text}".`);
}
