import { describe, expect, it } from "vitest";
import {
  compileInvariants,
  createSchemaRegistry,
  matchesPattern,
  openDocument,
  withinTime,
} from "../src/index.ts";

function registryOf(schema: object) {
  return createSchemaRegistry(
    openDocument({
      openapi: "3.1.1",
      info: { title: "T", version: "1" },
      paths: {},
      components: { schemas: { S: schema } },
    }),
  );
}

const pointer = "#/components/schemas/S";

describe("a pattern that takes exponential time", () => {
  it.each(["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^((a*)*)*b$", "^(\\w+\\s?)*$"])(
    "%s ends, and the value is refused",
    (pattern) => {
      const text = `${"a".repeat(64)}!`;
      const startedAt = performance.now();
      const registry = registryOf({ type: "array", items: { type: "string", pattern } });
      // However many texts there are, the first one ends the check.
      const errors = registry.validate(
        pointer,
        Array.from({ length: 100 }, () => text),
      );
      expect(errors.some(({ keyword }) => keyword === "pattern")).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    },
  );

  it("matches what is short, and what is long and simple, as it is", () => {
    expect(registryOf({ pattern: "^(a+)+$" }).validate(pointer, "aaa")).toEqual([]);
    expect(registryOf({ pattern: "^a+$" }).validate(pointer, "a".repeat(100_000))).toEqual([]);
    expect(registryOf({ pattern: "^(a+b?)+$" }).validate(pointer, "ab".repeat(100))).toEqual([]);
  });
});

it("a rule over lists in lists in lists ends, and is not passed", () => {
  const rule = "self.a.all(x, self.a.all(y, self.a.all(z, x + y + z >= 0)))";
  const one = { id: "sums", rule, message: "A sum is negative.", severity: "error" } as const;
  const { check } = compileInvariants([one]);
  const { violations } = check({ self: { a: Array.from({ length: 400 }, (_, index) => index) } });
  expect(violations).toMatchObject([
    { kind: "not-evaluated", message: expect.stringContaining("longer than 250 ms") },
  ]);
  expect(check({ self: { a: [1, 2] } }).passed).toEqual(["sums"]);
});

describe("a pattern that is not valid with the flag u", () => {
  it.each([
    ["^[\\w-.]+$", "a-b.c", "a b"],
    ["^a\\:b\\@c$", "a:b@c", "ab"],
    ["^a{,3}$", "a{,3}", "aaa"],
    ["^]$", "]", "["],
  ])("%s is checked all the same", (pattern, good, bad) => {
    const registry = registryOf({ type: "string", pattern });
    expect(registry.validate(pointer, good)).toEqual([]);
    expect(registry.validate(pointer, bad)).toMatchObject([{ keyword: "pattern" }]);
  });

  it("is noted where it is checked without it", () => {
    const registry = registryOf({ pattern: "^[\\w-.]+$" });
    registry.compile(pointer);
    expect(registry.notes).toMatchObject([{ kind: "flag", pointer: `${pointer}/pattern` }]);
  });
});

it.each([
  ["^[\\w-.]+$", "a-b", true],
  ["^[\\w-.]+$", "a b", false],
  ["(?i)x", "x", false],
  ["^(a+)+$", `${"a".repeat(64)}!`, false],
])("whether a pattern fits is told of any: %s", (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

describe("a limited step", () => {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const sleep = (): unknown => Atomics.wait(sleeper, 0, 0, 60);

  it("is begun again if it was stopped without having had the processor", () => {
    let runs = 0;
    const run = (): number => {
      runs += 1;
      if (runs === 1) sleep();
      return runs;
    };
    expect(withinTime(run, 20)).toBe(2);
  });

  it("is not begun again if it must not be", () => {
    expect(() => withinTime(sleep, 20, 1)).toThrow("it takes longer than 20 ms");
  });
});
