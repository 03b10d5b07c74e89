import { describe, expect, it } from "vitest";
import { redactorOf } from "./redactor-of.ts";

const textLength = 100_000;

const runs: readonly (readonly [name: string, part: string])[] = [
  ["the key's first characters", "aaaaaaaaaa"],
  ["backslashes", "\\"],
  ["JSON escapes", String.raw`\u00`],
  ["escaped backslashes", String.raw`\u005c`],
  ["percent signs", "%"],
  ["encoded percent signs", "%25"],
  ["percent signs of percent signs", "25"],
  ["entities", "&amp;"],
  ["entities of entities", "amp;"],
  ["beginnings of entities", "&"],
  ["ends of entities", ";"],
  ["numbers of entities", "&#0000000000000000000000000000"],
  ["quotes", '"'],
];

const keys: readonly (readonly [name: string, key: string])[] = [
  ["of eight characters", "aaaaaaaa"],
  ["of a usual length", "q_sk_test_4f8a1c7d9e2b"],
  ["of one character many times", "a".repeat(8000)],
  ["that nearly matches everywhere", `${"a".repeat(4000)}b`],
  ["that nearly matches everywhere from its end", `b${"a".repeat(4000)}`],
  ["of backslashes", "\\".repeat(8000)],
  ["of percent signs", "%25".repeat(2000)],
  ["of entities", String.raw`q\%&25amp;u005c&amp;amp;#`],
];

// Each takes some tens of milliseconds. Were the work the square of the length, it would take minutes.
describe.each(keys)("a key %s", (_, key) => {
  it.each(runs)("is searched for in a long text of %s", { timeout: 60_000 }, (_name, part) => {
    const { text } = redactorOf(key);
    const long = `%&q${part.repeat(textLength / part.length)}`;
    expect(text(`${long}"${key}"`)).toMatch(/\[redacted\]"?$/);
    expect(text(long).length).toBeLessThanOrEqual(long.length + 10);
  });
});

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// Where each item was looked up by its name, and each text searched for each form, it took hundreds of times as long.
it.each([
  ["short texts", '"x"'],
  ["texts as long as a key", '"abcdefgh"'],
  ["numbers", "12"],
  ["arrays", "[]"],
])("a value of many %s costs little more than to parse it", (_, item) => {
  const json = `[${`${item},`.repeat(50_000)}"q_sk_test_4f8a1c7d9e2b"]`;
  const { value } = redactorOf("q_sk_test_4f8a1c7d9e2b");
  const parsed: unknown = JSON.parse(json);
  const costs = [1, 2, 3].map(() => ({
    parsing: cpuMs(() => JSON.parse(json)),
    redaction: cpuMs(() => expect(value(parsed)).toHaveProperty("50000", "[redacted]")),
  }));
  const least = (part: "parsing" | "redaction"): number =>
    Math.min(...costs.map((run) => run[part]));
  expect(least("redaction")).toBeLessThan(50 * least("parsing"));
});

it("a text that is too large to be searched is not shown", () => {
  const key = "q_sk_test_4f8a1c7d9e2b";
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as long as no text can be
  const endless = {
    length: 2 ** 40,
    charCodeAt: () => 97,
    toString: () => key,
  } as unknown as string;
  expect(redactorOf(key).text(endless)).toBe("[redacted]");
});
