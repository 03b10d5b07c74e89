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
  ["a negative number", { "retry-after": "-5" }, null],
  ["nonsense", { "retry-after": "soon" }, null],
  ["nothing", {}, null],
])("reads %s", (_, headers, expected) => {
  expect(parseRetryAfter(new Headers(headers), nowMs)).toBe(expected);
});
