import { expect, it } from "vitest";
import { parseRetryAfter } from "../../src/retry/retry-after.ts";

const nowMs = Date.parse("2026-01-01T00:00:00Z");

it.each<[string, Record<string, string>, number | null]>([
  ["seconds", { "retry-after": "3" }, 3000],
  ["a fraction of a second", { "retry-after": "0.5" }, 500],
  ["zero", { "retry-after": "0" }, 0],
  ["milliseconds", { "retry-after-ms": "250" }, 250],
  ["milliseconds before seconds", { "retry-after-ms": "250", "retry-after": "9" }, 250],
  [
    "seconds where the milliseconds are invalid",
    { "retry-after-ms": "x", "retry-after": "9" },
    9000,
  ],
  ["a date, by this clock", { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
  [
    "a date, by the server's clock where it tells",
    { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT", date: "Thu, 01 Jan 2026 00:00:10 GMT" },
    20_000,
  ],
  ["a date that has passed", { "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
  ["a date of RFC 850", { "retry-after": "Thursday, 01-Jan-26 00:00:30 GMT" }, 30_000],
  ["a date of asctime, which is GMT", { "retry-after": "Thu Jan  1 00:00:30 2026" }, 30_000],
  ["a date without a zone, which is GMT", { "retry-after": "Thu, 01 Jan 2026 00:00:30" }, 30_000],
  ["words with a number", { "retry-after": "try 120" }, null],
  ["a year", { "retry-after": "x 2027" }, null],
  ["a date of another zone", { "retry-after": "Thu, 01 Jan 2026 01:00:30 +0100" }, 30_000],
  [
    "a date of asctime, by a server's clock of asctime",
    { "retry-after": "Thu Jan  1 00:00:30 2026", date: "Thu Jan  1 00:00:10 2026" },
    20_000,
  ],
  ["the longest of several", { "retry-after": "3, 120 ,5" }, 120_000],
  ["the longest of several milliseconds", { "retry-after-ms": "250, 700" }, 700],
  [
    "the longest of seconds and dates",
    { "retry-after": "7, Thu, 01 Jan 2026 00:00:30 GMT, Thursday, 01-Jan-26 00:00:20 GMT" },
    30_000,
  ],
  ["the one of several that is valid", { "retry-after": "soon, 9" }, 9000],
  ["a negative number", { "retry-after": "-5" }, null],
  ["nonsense", { "retry-after": "soon" }, null],
  ["nothing", {}, null],
])("reads %s", (_, headers, expected) => {
  expect(parseRetryAfter(new Headers(headers), nowMs)).toBe(expected);
});
