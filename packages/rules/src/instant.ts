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

// RFC 3339, section 5.6: `T` and `Z` may be written in lower case; nothing else is optional but the fraction.
const dateTime =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads a date-time of RFC 3339, section 5.6: any offset, any number of fraction digits, a leap second where UTC can have one
 * (23:59:60).
 *
 * @returns undefined if the text is not such a date-time, or names a day or time that does not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const offsetMinutes = readOffsetMinutes(match[8], match[9], match[10]);
  if (offsetMinutes === undefined || year === undefined || month === undefined) return undefined;
  if (day === undefined || hour === undefined || minute === undefined || second === undefined) {
    return undefined;
  }
  if (hour > 23 || minute > 59 || second > 60) return undefined;

  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute - offsetMinutes, Math.min(second, 59));
  const leapSecond = second === 60;
  if (leapSecond && (date.getUTCHours() !== 23 || date.getUTCMinutes() !== 59)) return undefined;
  return new Instant(date.getTime() / 1000, leapSecond, (match[7] ?? "").replace(/0+$/, ""));
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

function readOffsetMinutes(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | undefined {
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
