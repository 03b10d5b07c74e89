/**
 * How long a server asks to wait, in milliseconds; null where it does not say.
 *
 * `retry-after-ms` counts before `Retry-After`, which is seconds or an HTTP date (RFC 9110, section
 * 10.2.3); of several, the longest. A date counts from the response's own `Date`, so that a wrong clock
 * here does no harm.
 */
export function parseRetryAfter(headers: Headers, epochMs: number): number | null {
  return (
    longest(headers.get("retry-after-ms"), numberOf) ??
    longest(headers.get("retry-after"), (value) => {
      const seconds = numberOf(value);
      if (seconds >= 0) return seconds * 1000;
      return Math.max(0, dateOf(value) - (dateOf(headers.get("date")) || epochMs));
    })
  );
}

/** The longest of the values of a header, whose commas may also be those of dates. */
function longest(header: unknown, parse: (value: string) => number): number | null {
  // A mock's `get` may give anything.
  if (typeof header !== "string") return null;
  const values = header
    .split(/,(?=\s*(?:[\d.]+\s*(?:,|$)|[a-z]))/i)
    .map((value) => parse(value.trim()))
    .filter((value) => value >= 0);
  return values.length === 0 ? null : Math.max(...values);
}

/** NaN where it is none. */
function numberOf(value: string): number {
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
}

/**
 * An HTTP date in any of its three forms (RFC 9110, section 5.6.7): always GMT, though asctime's does not say it. NaN where it is
 * none: Date.parse would make a date of "-5" and of "try 120", too.
 */
function dateOf(value: string | null): number {
  const isDate = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d:\d\d:\d\d/i;
  return value !== null && isDate.test(value)
    ? Date.parse(value.replace(/(:\d\d)( \d{4})?$/, "$1$2 GMT"))
    : NaN;
}
