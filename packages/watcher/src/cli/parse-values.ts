import { WatcherOptionError } from "../errors.ts";
import type { RateLimit } from "../rate-limit.ts";

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `50/s`, `1000/m`, `200/10s`. */
export function parseRate(name: string, text: string): RateLimit {
  const match = /^(\d+)\/(\d*)(ms|s|m|h)$/u.exec(text);
  const max = Number(match?.[1]);
  const perMs = Number(match?.[2] === "" ? 1 : match?.[2]) * (unitMs[match?.[3] ?? ""] ?? 0);
  if (match === null || max < 1 || perMs < 1) {
    throw new WatcherOptionError(`${name} must be a number per time, such as 50/s or 1000/m.`);
  }
  return { max, perMs };
}

/** `500ms`, `30s`, `5m`, `2h`, `1d`; in milliseconds. */
export function parseDuration(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/u.exec(text);
  if (match === null) {
    throw new WatcherOptionError(`${name} must be a duration, such as 500ms, 30s, 5m, 2h or 1d.`);
  }
  return Number(match[1]) * (unitMs[match[2] ?? ""] ?? 0);
}

/** A whole number of 0 or more. */
export function parseWholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/u.test(text)) {
    throw new WatcherOptionError(`${name} must be a whole number; it is "${text}".`);
  }
  return Number(text);
}
