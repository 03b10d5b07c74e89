/**
 * How long a server asks to wait, in milliseconds; null where it does not say.
 *
 * `retry-after-ms` counts before `Retry-After`, which is seconds or an HTTP date (RFC 9110, section
 * 10.2.3). A date counts from the response's own `Date`, so that a wrong clock here does no harm.
 */
export function parseRetryAfter(headers: Headers, epochMs: number): number | null {
  const milliseconds = parseNumber(headers.get("retry-after-ms"));
  if (milliseconds !== null) return milliseconds;
  const value = headers.get("retry-after");
  const seconds = parseNumber(value);
  if (seconds !== null) return seconds * 1000;
  // An HTTP date begins with the day's name; Date.parse would make a date of "-5", too.
  const date = value !== null && /^[a-z]/i.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(date)) return null;
  const sentAt = Date.parse(headers.get("date") ?? "");
  return Math.max(0, date - (Number.isNaN(sentAt) ? epochMs : sentAt));
}

function parseNumber(value: string | null): number | null {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null;
}
