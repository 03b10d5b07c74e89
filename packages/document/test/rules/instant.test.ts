import { describe, expect, it } from "vitest";
import { compareInstants, isSameInstant, parseInstant } from "../../src/rules/instant.ts";

function compare(left: string, right: string): number {
  const [a, b] = [parseInstant(left), parseInstant(right)];
  if (a === undefined || b === undefined) throw new Error(`not a date-time: ${left} or ${right}`);
  return Math.sign(compareInstants(a, b));
}

describe("an instant", () => {
  it.each([
    ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z", 0, "same text"],
    ["2021-01-01T00:00:00.000Z", "2021-01-01T00:00:00Z", 0, "trailing zeros do not count"],
    ["2021-01-01T00:00:00.5Z", "2021-01-01T00:00:00.500000Z", 0, "nor after other digits"],
    ["2021-01-01t00:00:00z", "2021-01-01T00:00:00Z", 0, "lower case"],
    ["2021-01-01T02:00:00+02:00", "2021-01-01T00:00:00Z", 0, "an offset to the east"],
    ["2020-12-31T16:00:00-08:00", "2021-01-01T00:00:00Z", 0, "an offset to the west"],
    ["2021-01-01T00:00:00-00:00", "2021-01-01T00:00:00Z", 0, "an unknown offset is UTC"],
    ["2021-01-01T00:00:00+00:30", "2021-01-01T00:00:00Z", -1, "half an hour of offset"],
    ["2021-01-01T00:00:00.001Z", "2021-01-01T00:00:00.002Z", -1, "milliseconds"],
    ["2021-01-01T00:00:00.0000001Z", "2021-01-01T00:00:00.0000002Z", -1, "below a microsecond"],
    [
      "2021-01-01T00:00:00.12345678901234567890Z",
      "2021-01-01T00:00:00.12345678901234567891Z",
      -1,
      "20 digits",
    ],
    ["2021-01-01T00:00:00.9Z", "2021-01-01T00:00:00.10Z", 1, "digits are not a whole number"],
    ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00.0001Z", -1, "none is less than some"],
    [
      "2016-12-31T23:59:60Z",
      "2016-12-31T23:59:59.999Z",
      1,
      "a leap second is after the second before",
    ],
    ["2016-12-31T23:59:60.9Z", "2017-01-01T00:00:00Z", -1, "and before the next one"],
    ["2016-12-31T15:59:60-08:00", "2016-12-31T23:59:60Z", 0, "in another zone"],
    ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", -1, "a year below 100"],
    [
      "9999-12-31T23:59:59Z",
      "2262-04-12T00:00:00Z",
      1,
      "far beyond what 64 bits of nanoseconds hold",
    ],
    ["1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z", -1, "before 1970"],
    ["1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.4Z", 1, "fractions before 1970"],
    ["2024-02-29T00:00:00Z", "2024-02-28T23:59:59Z", 1, "a leap day"],
  ])("%s against %s: %i, %s", (left, right, expected) => {
    expect(compare(left, right)).toBe(expected);
    expect(compare(right, left)).toBe(expected === 0 ? 0 : -expected);
  });

  it.each([
    ["", "nothing"],
    ["2021-01-01", "a date"],
    ["2021-01-01T00:00:00", "no offset"],
    ["2021-01-01 00:00:00Z", "a space"],
    ["2021-01-01T00:00Z", "no seconds"],
    ["2021-01-01T00:00:00.Z", "a point without digits"],
    ["2021-01-01T00:00:00,5Z", "a comma"],
    ["2021-02-29T00:00:00Z", "a day that does not exist"],
    ["2021-13-01T00:00:00Z", "a month that does not exist"],
    ["2021-00-01T00:00:00Z", "month 0"],
    ["2021-01-00T00:00:00Z", "day 0"],
    ["2021-01-01T24:00:00Z", "hour 24"],
    ["2021-01-01T00:60:00Z", "minute 60"],
    ["2021-01-01T00:00:61Z", "second 61"],
    ["2021-01-01T12:00:60Z", "second 60 at noon"],
    ["2021-01-01T23:59:60+01:00", "second 60 where UTC has none"],
    ["2021-01-01T00:00:00+24:00", "an offset of a day"],
    ["2021-01-01T00:00:00+02", "half an offset"],
    ["2021-01-01T00:00:00+0200", "an offset without a colon"],
    ["12021-01-01T00:00:00Z", "five digits of a year"],
    ["2021-01-01T00:00:00Z\n", "a line feed"],
    ["２０２１-01-01T00:00:00Z", "digits of another script"],
  ])("%j is not one: %s", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

it.each([
  ["2021-01-01T00:00:00Z", "2021-01-01T02:00:00.000+02:00", true],
  ["2021-01-01T00:00:00.1Z", "2021-01-01T00:00:00.100Z", true],
  ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00.001Z", false],
  ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00+02:00", false],
  ["2021-01-01", "2021-01-01", false],
])("%j and %j are the same instant: %s", (a, b, isSame) => {
  expect(isSameInstant(a, b)).toBe(isSame);
});
