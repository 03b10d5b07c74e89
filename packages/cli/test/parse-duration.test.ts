import { expect, test } from "vitest";
import { parseDuration } from "../src/input/parse-duration.ts";
import { formatDuration } from "../src/text/format-duration.ts";
import { UsageError } from "../src/usage-error.ts";

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
  ["30", 30_000],
  [" 0.5 ", 500],
])("%s is %i ms", (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs);
});

test.each([
  "",
  "soon",
  "5 s",
  "-1s",
  "0",
  "0s",
  "1x",
  "s",
  "1h30",
  "1.2.3",
  "1e3",
  "9".repeat(400),
])("%j is refused", (text) => {
  expect(() => parseDuration(text)).toThrow(UsageError);
});

test.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 m 00 s"],
  [3_599_600, "1 h 00 m"],
  [86_400_000 * 3 + 4 * 3_600_000, "3 d 4 h"],
])("%i ms reads %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
