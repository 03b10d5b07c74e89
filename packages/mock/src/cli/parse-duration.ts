import { UsageError } from "./usage-error.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, "": 1 };

/**
 * Milliseconds of a duration such as `50ms`, `1.5s` or `2m`; a number alone is milliseconds.
 *
 * @throws {@link UsageError}
 */
export function parseDuration(text: string, option: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|)$/.exec(text.trim()) ?? [];
  const factor = units[unit ?? "?"];
  if (amount === undefined || factor === undefined) {
    throw new UsageError(`${option} takes a duration such as 50ms or 2s, not "${text}".`);
  }
  return Math.round(Number(amount) * factor);
}
