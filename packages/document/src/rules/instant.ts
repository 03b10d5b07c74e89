import { isDateTime } from "../schemas/format-functions.ts";

/**
 * A point in time with as many digits as its text has; what `instant(…)` gives to a rule.
 *
 * Compared by `epochSeconds`, then `leapSecond`, then `fraction`, so that a leap second comes after the second before it and
 * before the next one.
 */
export class Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z; for a leap second, those of the second before it. */
  readonly epochSeconds: number;
  readonly leapSecond: boolean;
  /** Digits after the decimal point, without trailing zeros; any number of them. */
  readonly fraction: string;

  constructor(epochSeconds: number, leapSecond: boolean, fraction: string) {
    this.epochSeconds = epochSeconds;
    this.leapSecond = leapSecond;
    this.fraction = fraction;
  }
}

const dateTime =
  /^(\d{4})-(\d{2})-(\d{2}).(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:.|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads a date-time of RFC 3339, section 5.6: any offset, any number of fraction digits, a leap second where UTC can have one
 * (23:59:60).
 *
 * @returns undefined if the text is not such a date-time, or names a day or time that does not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = isDateTime(text) ? dateTime.exec(text) : null;
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const [, , , , , , , fraction = "", sign, offsetHours = 0, offsetMinutes = 0] = match;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, Math.min(second, 59));
  return new Instant(date.getTime() / 1000, second === 60, fraction.replace(/0+$/, ""));
}

/** Negative if `a` is earlier than `b`, positive if it is later, 0 if they are the same. */
export function compareInstants(a: Instant, b: Instant): number {
  return (
    a.epochSeconds - b.epochSeconds ||
    Number(a.leapSecond) - Number(b.leapSecond) ||
    // Digits after the point compare as text does: "5" > "49", and a prefix is the smaller one.
    (a.fraction === b.fraction ? 0 : a.fraction < b.fraction ? -1 : 1)
  );
}

/** Whether two date-times of RFC 3339 are the same point in time, however each is written: `Z` or `+00:00`, with or without `.000`. */
export function isSameInstant(a: string, b: string): boolean {
  const [left, right] = [parseInstant(a), parseInstant(b)];
  return left !== undefined && right !== undefined && compareInstants(left, right) === 0;
}
