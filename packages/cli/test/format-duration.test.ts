import { expect, test } from "vitest";
import { formatDuration } from "../src/text/format-values.ts";

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
