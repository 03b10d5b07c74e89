import { UsageError } from "../usage-error.ts";

const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gu;

/** `90s`, `1h30m`, `500ms` or a plain number of seconds, in milliseconds. Throws a {@link UsageError} for anything else. */
export function parseDuration(text: string): number {
  const trimmed = text.trim();
  const durationMs = /^\d+(?:\.\d+)?$/u.test(trimmed)
    ? Number(trimmed) * 1000
    : [...trimmed.matchAll(part)].reduce(
        (sum, [, count = "", unit = ""]) => sum + Number(count) * (unitsMs[unit] ?? 0),
        0,
      );
  const isComplete = trimmed.replaceAll(part, "") === "" || /^[\d.]+$/u.test(trimmed);
  if (trimmed === "" || !isComplete || !(durationMs > 0) || durationMs === Infinity) {
    throw new UsageError(
      `"${text}" is no duration: write 90s, 1h30m, 500ms or a number of seconds, above 0.`,
    );
  }
  return durationMs;
}
