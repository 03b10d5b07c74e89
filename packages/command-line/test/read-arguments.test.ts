import { expect, test } from "vitest";
import { packageVersion, quoteWord, readArguments, UsageError } from "../src/index.ts";

const options = { port: { type: "string" }, json: { type: "boolean" } } as const;

test("reads options and arguments", () => {
  const { values, positionals } = readArguments({
    args: ["a", "--port", "1", "--json"],
    options,
    allowPositionals: true,
  });
  expect([values.port, values.json, positionals]).toEqual(["1", true, ["a"]]);
});

test.each([
  [["--bogus"], "Unknown option '--bogus'. --help lists the options."],
  [["--port"], "Option '--port <value>' argument missing. --help lists the options."],
  [["--json=1"], "Option '--json' does not take an argument. --help lists the options."],
])("%j is one sentence", (args, message) => {
  expect(() => readArguments({ args, options })).toThrow(new UsageError(message));
});

test.each([
  ["ws_1", "ws_1"],
  ["http://127.0.0.1:4010/a?b", "'http://127.0.0.1:4010/a?b'"],
  ["it's", String.raw`'it'\''s'`],
  ["", "''"],
])("%j is quoted as %s", (word, quoted) => {
  expect(quoteWord(word)).toBe(quoted);
});

test("reads the version of a package", () => {
  expect(packageVersion(new URL("../package.json", import.meta.url))).toMatch(/^\d+\.\d+\.\d+/u);
});
