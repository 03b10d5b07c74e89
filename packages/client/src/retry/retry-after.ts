/**
 * How long a server asks to wait, in milliseconds; null where it does not say.
 *
 * `retry-after-ms` counts before `Retry-After`, which is seconds or an HTTP date (RFC 9110, section
 * 10.2.3); of several, the longest. A date counts from the response's own `Date`, so that a wrong clock
 * here does no harm.
 */
export function parseRetryAfter(headers: Headers, epochMs: number): number | null {
  const milliseconds = longest(headers.get("retry-after-ms"), parseNumber);
  if (milliseconds !== null) return milliseconds;
  return longest(headers.get("retry-after"), (value) => {
    const seconds = parseNumber(value);
    if (seconds !== null) return seconds * 1000;
    const date = parseDate(value);
    return date && Math.max(0, date - (parseDate(headers.get("date") ?? "") ?? epochMs));
  });
}

/** The longest of the values of a header, whose commas may also be those of dates. */
function longest(header: unknown, parse: (value: string) => number | null): number | null {
  // A mock's `get` may give anything.
  if (typeof header !== "string") return null;
  const values = header
    .split(/,(?=\s*(?:[\d.]+\s*(?:,|$)|[a-z]))/i)
    .map((value) => parse(value.trim()));
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function parseNumber(value: string): number | null {
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

/** An HTTP date in any of its three forms (RFC 9110, section 5.6.7): always GMT, though asctime's does not say it. */
function parseDate(value: string): number | null {
  // Date.parse would make a date of "-5" and of "try 120", too.
  const date = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d:\d\d:\d\d/i.test(value)
    ? Date.parse(value.replace(/(:\d\d)( \d{4})?$/, "$1$2 GMT"))
    : NaN;
  return Number.isNaN(date) ? null : date;
}
