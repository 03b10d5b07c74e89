import { describe, expect, test } from "vitest";
import { formatCheck } from "../src/index.ts";

/** What the check of a format says of a value. */
function isValid(format: string, value: string | number): boolean {
  const check = formatCheck(format);
  if (check === undefined || check === "unchecked") throw new Error(`${format} is not checked`);
  if ("pattern" in check) return check.pattern.test(String(value));
  return check.type === "number"
    ? typeof value === "number" && check.validate(value)
    : typeof value === "string" && check.validate(value);
}

describe("a date-time of RFC 3339", () => {
  test.each([
    "2021-01-01T00:00:00Z",
    "2021-01-01T00:00:00.000Z",
    "2021-01-01t00:00:00z",
    "2021-01-01T00:00:00.123456789123Z",
    "2021-01-01T00:00:00+05:30",
    "2021-01-01T00:00:00-00:00",
    "2024-02-29T12:00:00Z",
    "2000-02-29T12:00:00Z",
    "0000-01-01T00:00:00Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T15:59:60-08:00",
    "2017-01-01T00:29:60+00:30",
    "1990-12-31T23:59:60.5Z",
  ])("is %s", (text) => {
    expect(isValid("date-time", text)).toBe(true);
  });

  test.each([
    "2021-02-30T00:00:00Z",
    "2021-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2021-13-01T00:00:00Z",
    "2021-00-01T00:00:00Z",
    "2021-01-00T00:00:00Z",
    "2021-04-31T00:00:00Z",
    "2021-01-01T24:00:00Z",
    "2021-01-01T00:60:00Z",
    "2021-01-01T00:00:61Z",
    "2021-01-01T00:00:60Z",
    "2021-01-01T23:59:60+01:00",
    "2021-01-01T00:00:00",
    "2021-01-01T00:00:00+0100",
    "2021-01-01T00:00:00+01",
    "2021-01-01T00:00:00+24:00",
    "2021-01-01T00:00:00+00:60",
    "2021-01-01 00:00:00Z",
    "2021-01-01T00:00Z",
    "2021-01-01T00:00:00.Z",
    "2021-01-01T00:00:00,5Z",
    "2021-1-1T00:00:00Z",
    "+02021-01-01T00:00:00Z",
    "2021-01-01",
    " 2021-01-01T00:00:00Z",
    "2021-01-01T00:00:00Z\n",
    "２021-01-01T00:00:00Z",
    "",
  ])("is not %j", (text) => {
    expect(isValid("date-time", text)).toBe(false);
  });
});

describe("other formats", () => {
  test.each([
    ["date", "2021-12-31", true],
    ["date", "2021-12-32", false],
    ["date", "2021-12-31\n", false],
    ["time", "23:59:60Z", true],
    ["time", "23:58:60Z", false],
    ["uri", "https://example.com/a?b=c#d", true],
    ["uri", "urn:isbn:123", true],
    ["uri", "/relative", false],
    ["uri", "http://a b", false],
    ["uri", "http://a/%zz", false],
  ])("%s of %j is %s", (format, text, expected) => {
    expect(isValid(format, text)).toBe(expected);
  });

  test.each([
    ["int32", 2 ** 31 - 1, true],
    ["int32", 2 ** 31, false],
    ["int32", -(2 ** 31), true],
    ["int32", 1.5, false],
    ["int64", 2 ** 62, true],
    ["int64", 2 ** 64, false],
  ])("%s of %d is %s", (format, value, expected) => {
    expect(isValid(format, value)).toBe(expected);
  });
});
