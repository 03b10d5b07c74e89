import { describe, expect, test } from "vitest";
import {
  isDate,
  isDateTime,
  isInt32,
  isInt64,
  isTime,
  isUri,
} from "../../generate/runtime/formats.ts";

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
    expect(isDateTime(text)).toBe(true);
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
    expect(isDateTime(text)).toBe(false);
  });
});

describe("other formats", () => {
  test.each([
    [isDate, "2021-12-31", true],
    [isDate, "2021-12-32", false],
    [isDate, "2021-12-31\n", false],
    [isTime, "23:59:60Z", true],
    [isTime, "23:58:60Z", false],
    [isUri, "https://example.com/a?b=c#d", true],
    [isUri, "urn:isbn:123", true],
    [isUri, "/relative", false],
    [isUri, "http://a b", false],
    [isUri, "http://a/%zz", false],
  ])("%o of %j is %s", (check, text, expected) => {
    expect(check(text)).toBe(expected);
  });

  test.each([
    [isInt32, 2 ** 31 - 1, true],
    [isInt32, 2 ** 31, false],
    [isInt32, -(2 ** 31), true],
    [isInt32, 1.5, false],
    [isInt64, 2 ** 62, true],
    [isInt64, 2 ** 64, false],
  ])("%o of %d is %s", (check, value, expected) => {
    expect(check(value)).toBe(expected);
  });
});
