import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../src/index.ts";

const key = "q_sk_test_4f8a1c7d9e2b";
const base64 = Buffer.from(key).toString("base64");

describe("a value", () => {
  it("is copied, with the key taken out of its strings and names alone", () => {
    const date = "2026-01-01T00:00:00Z";
    const original = {
      text: `a ${key} b`,
      [key]: 1,
      number: 12,
      literals: [null, true, false, undefined, 1n],
      list: [key, [base64], { date }],
      // oxlint-disable-next-line unicorn/no-thenable -- as JSON.parse makes it
      ["__proto__"]: key,
    };
    const copy = createRedactor({ keys: [key] }).value(original);
    expect(copy).toEqual({
      text: "a [redacted] b",
      "[redacted]": 1,
      number: 12,
      literals: [null, true, false, undefined, 1n],
      list: ["[redacted]", [expect.stringContaining("[redacted]")], { date }],
      ["__proto__"]: "[redacted]",
    });
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(copy.list).not.toBe(original.list);
    expect(copy.list[2]).not.toBe(original.list[2]);
    expect(original.text).toContain(key);
  });

  it.each(["null", "log", "status", "1", "ue", "ingesti", "12345678", "history"])(
    "keeps its shape, whatever the key is: %s",
    (word) => {
      const value = {
        log: { status: "ingesting", n: 1, m: 12_345_678, a: null, ue: true },
        history: [],
      };
      expect(createRedactor({ keys: [word] }).value(value)).toEqual(value);
    },
  );

  it("is a copy where it refers to itself, is used twice, or lies deep", () => {
    const { value } = createRedactor({ keys: [key] });
    const shared = { key };
    const original: Record<string, unknown> = { one: shared, two: shared };
    original["self"] = original;
    const copy = value(original);
    expect(copy).toEqual({ one: { key: "[redacted]" }, two: { key: "[redacted]" }, self: copy });
    expect(copy["one"]).toBe(copy["two"]);
    let nested: unknown = key;
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    expect(JSON.stringify(value(nested))).toContain("[too deep]");
    let doubled: unknown = key;
    for (let depth = 0; depth < 60; depth += 1) doubled = [doubled, doubled];
    expect(inspect(value(doubled), { depth: 3 })).toContain("Array");
  });

  it("from another realm is copied, too", () => {
    const foreign: unknown = runInContext(`({ a: ["${key}"] })`, createContext());
    expect(createRedactor({ keys: [key] }).value(foreign)).toEqual({ a: ["[redacted]"] });
  });

  it("of headers loses those with the key in their name", () => {
    const headers = new Headers({ "x-a": `a ${key}`, [`x-${key}`]: "1", "x-kept": "1" });
    const copy = createRedactor({ keys: [key] }).value(headers);
    expect([...copy]).toEqual([
      ["x-a", "a [redacted]"],
      ["x-kept", "1"],
    ]);
  });

  it("that cannot be looked through is described", () => {
    class Box {
      readonly #key = key;
      toString(): string {
        return `a box of ${this.#key}`;
      }
    }
    const { value } = createRedactor({ keys: [key] });
    expect(value<unknown>([new Box(), new Map([[key, key]])])).toEqual([
      "a box of [redacted]",
      "[object Map]",
    ]);
  });
});

const shown = (value: unknown): string =>
  inspect(value, { depth: 20, showHidden: true, getters: true });

const fail = (): never => {
  throw new Error(`from within, with ${key}`);
};

const hostile: readonly (readonly [string, () => unknown])[] = [
  [
    "a getter that throws",
    () => ({
      get a() {
        return fail();
      },
      key,
    }),
  ],
  [
    "a getter that changes its mind",
    () => {
      let asked = 0;
      return {
        get a() {
          asked += 1;
          return asked > 1 ? key : "fine";
        },
      };
    },
  ],
  ["a proxy that throws", () => new Proxy({}, { ownKeys: fail, getPrototypeOf: fail, get: fail })],
  [
    "a proxy of an error",
    () => new Proxy(new Error(key), { get: fail, getOwnPropertyDescriptor: fail }),
  ],
  [
    "a revoked proxy",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  [
    "a toString that throws",
    () => Object.assign(Object.create({ toString: fail }) as object, { key }),
  ],
  [
    "an error with a stack that throws",
    () => Object.defineProperty(new Error(key), "stack", { get: fail }),
  ],
  [
    "an error that causes itself",
    () => {
      const error = new Error(key);
      error.cause = error;
      return error;
    },
  ],
  ["a frozen error", () => Object.freeze(Object.assign(new Error(key), { key, list: [key] }))],
  [
    "a chain of errors",
    () => {
      let error = new Error(key);
      for (let depth = 0; depth < 5000; depth += 1)
        error = new Error(`because of ${key}`, { cause: error });
      return error;
    },
  ],
  ["a symbol with the key", () => ({ [Symbol(key)]: key, [Symbol("fine")]: key })],
  ["an aggregate of errors", () => new AggregateError([new TypeError(key), { key }], key)],
  ["an error with a name", () => Object.assign(new Error("x"), { name: key, code: key })],
];

describe.each(hostile)("%s", (_, make) => {
  it("is redacted without an exception", () => {
    const { value } = createRedactor({ keys: [key] });
    expect(shown(value(make()))).not.toContain(key);
    expect(shown(value({ part: make() }))).not.toContain(key);
  });

  it("is redacted as what caused an error", () => {
    const error = createRedactor({ keys: [key] }).error(new Error("failed", { cause: make() }));
    expect(shown(error)).not.toContain(key);
    expect(error.message).toBe("failed");
  });

  it("is redacted as an error", () => {
    const thrown = make();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JavaScript may throw anything
    const error: unknown = createRedactor({ keys: [key] }).error(thrown as Error);
    expect(shown(error)).not.toContain(key);
  });
});

describe("an error", () => {
  it("stays the object that it is, without the key", () => {
    class OwnError extends Error {
      override readonly name = "OwnError";
      readonly body = { message: [`bad ${key}`] };
      readonly headers = new Headers({ a: key });
    }
    const error = new OwnError(`bad ${key}`, {
      cause: new TypeError(base64, { cause: `with ${key}` }),
    });
    const redacted = createRedactor({ keys: [key] }).error(error);
    expect(redacted).toBe(error);
    expect(redacted.message).toBe("bad [redacted]");
    expect(redacted.stack).toMatch(/^\w*Error: bad \[redacted\]\n.*values-and-errors/);
    expect(redacted.body).toEqual({ message: ["bad [redacted]"] });
    expect(redacted.cause).toMatchObject({ name: "TypeError" });
    expect(redacted.cause).toHaveProperty("cause", "with [redacted]");
    expect(redacted.headers.get("a")).toBe("[redacted]");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(
      new RegExp(`${key}|${base64.slice(0, 20)}`),
    );
    expect(Object.keys(error)).not.toContain("message");
  });

  it("keeps a cause without a key as it is, and one that it went through before", () => {
    const { error } = createRedactor({ keys: [key] });
    const cause = Object.assign(new TypeError("x", { cause: new DOMException("y") }), {
      code: "E",
      list: [1],
    });
    expect(error(new Error("a", { cause })).cause).toBe(cause);
    const own = error(Object.assign(new Error("a"), { body: { a: [key] } }));
    expect(error(new Error("b", { cause: own })).cause).toBe(own);
  });
});
