import { expect, test } from "vitest";
import { parseDuration, parseWholeNumber, UsageError } from "../src/index.ts";

test.each([
  ["30", 30_000],
  [" 0.5 ", 500],
  ["0", 0],
  ["0s", 0],
  ["30s", 30_000],
  ["90s", 90_000],
  ["500ms", 500],
  ["1.5s", 1500],
  ["1.5m", 90_000],
  ["1.5h", 5_400_000],
  ["2h", 7_200_000],
  ["1h30m", 5_400_000],
  ["1m500ms", 60_500],
  ["1d2h3m4s5ms", 93_784_005],
  ["2d", 172_800_000],
  ["0.4ms", 0],
])("%j is %i ms", (text, durationMs) => {
  expect(parseDuration(text, "--wait")).toBe(durationMs);
});

test.each([
  "",
  "soon",
  "5 s",
  "-1s",
  "+1s",
  "1x",
  "s",
  "1h30",
  "30m1h",
  "1s1s",
  "1.2.3",
  "1.s",
  ".5s",
  "1e3",
  "1e3s",
  "1_000s",
  "1,5s",
  "5S",
  "5s!",
  "1y",
  "१s",
  "Infinity",
  "NaN",
  "9".repeat(400),
])("%j is not a duration", (text) => {
  expect(() => parseDuration(text, "--wait")).toThrow(
    new UsageError(
      `--wait takes a duration, such as 500ms, 30s, 1h30m, or a number of seconds, not "${text}".`,
    ),
  );
});

test("a duration may have a least value", () => {
  expect(parseDuration("1ms", "--wait", 1)).toBe(1);
  expect(() => parseDuration("0", "--wait", 1)).toThrow("--wait takes a duration of at least 1ms,");
});

test.each([
  ["0", 0],
  ["65535", 65_535],
])("%j is a port", (text, port) => {
  expect(parseWholeNumber(text, "--port", 0, 65_535)).toBe(port);
});

test.each(["", "-1", "1.5", "1e3", "0x10", " 1", "65536", "many"])("%j is not a port", (text) => {
  expect(() => parseWholeNumber(text, "--port", 0, 65_535)).toThrow(
    `--port takes a whole number, 0 to 65535, not "${text}".`,
  );
});

test("a whole number may have a least value alone", () => {
  expect(() => parseWholeNumber("0", "--times", 1)).toThrow(
    '--times takes a whole number, 1 or more, not "0".',
  );
});
