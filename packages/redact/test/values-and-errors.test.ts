import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { redactorOf } from "./redactor-of.ts";

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
    const copy = redactorOf(key).value(original);
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
      expect(redactorOf(word).value(value)).toEqual(value);
    },
  );

  it("is a copy where it refers to itself, is used twice, or lies deep", () => {
    const { value } = redactorOf(key);
    const shared = { key };
    const original: Record<string, unknown> = { one: shared, two: shared };
    original["self"] = original;
    const copy = value(original);
    expect(copy).toEqual({ one: { key: "[redacted]" }, two: { key: "[redacted]" }, self: copy });
    expect(copy["one"]).toBe(copy["two"]);
    let nested: unknown = key;
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    expect(JSON.stringify(value(nested))).toContain("[object Array]");
    let doubled: unknown = key;
    for (let depth = 0; depth < 60; depth += 1) doubled = [doubled, doubled];
    expect(inspect(value(doubled), { depth: 3 })).toContain("Array");
  });

  it("from another realm is copied, too", () => {
    const foreign: unknown = runInContext(`({ a: ["${key}"] })`, createContext());
    expect(redactorOf(key).value(foreign)).toEqual({ a: ["[redacted]"] });
  });

  it("that is an error of another realm stays an error, with its code", () => {
    const redactor = redactorOf(key);
    const [plain, telling] = ["lost", `lost ${key}`].map((text): unknown =>
      runInContext(
        `Object.assign(new TypeError("${text}"), { code: "ECONNRESET" })`,
        createContext(),
      ),
    );
    expect(redactor.cause(plain)).toBe(plain);
    expect(redactor.cause(telling)).toMatchObject({
      name: "TypeError",
      message: "lost [redacted]",
      code: "ECONNRESET",
    });
  });

  it("of headers loses those with the key in their name", () => {
    const headers = new Headers({ "x-a": `a ${key}`, [`x-${key}`]: "1", "x-kept": "1" });
    const copy = redactorOf(key).value(headers);
    expect([...copy]).toEqual([
      ["x-a", "a [redacted]"],
      ["x-kept", "1"],
    ]);
  });

  it("that cannot be looked through is described", () => {
    class Box {
      readonly #key = key;
      get [Symbol.toStringTag](): string {
        return `Box of ${this.#key}`;
      }
    }
    expect(redactorOf(key).value<unknown>([new Box(), new Map([[key, key]])])).toEqual([
      "[object Box of [redacted]]",
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
  ["properties with symbols", () => ({ [Symbol("one")]: key, [Symbol("two")]: key })],
  ["a symbol with the key in its description", () => Symbol(key)],
  ["a property with the key in its symbol", () => ({ [Symbol(key)]: 1 })],
  ["a function with the key as a property", () => Object.assign(() => 1, { key })],
  ["a method with the key as its name", () => ({ method: { [key]: () => 1 }[key] })],
  ["what says by itself how it is shown", () => ({ [inspect.custom]: () => key })],
  ["an aggregate of errors", () => new AggregateError([new TypeError(key), { key }], key)],
  ["an error with a name", () => Object.assign(new Error("x"), { name: key, code: key })],
];

describe.each(hostile)("%s", (_, make) => {
  it("is redacted without an exception", () => {
    const { value } = redactorOf(key);
    expect(shown(value(make()))).not.toContain(key);
    expect(shown(value({ part: make() }))).not.toContain(key);
  });

  it("is redacted as a cause", () => {
    const { cause } = redactorOf(key);
    expect(shown(cause(make()))).not.toContain(key);
    expect(shown(cause(new Error("failed", { cause: make() })))).not.toContain(key);
  });
});

describe("an error", () => {
  it("with the key in it is copied", () => {
    class OwnError extends Error {
      override readonly name = "OwnError";
      readonly body = { message: [`bad ${key}`] };
      readonly headers = new Headers({ a: key });
    }
    const inner = new TypeError(base64, { cause: `with ${key}` });
    const copy = redactorOf(key).cause(new OwnError(`bad ${key}`, { cause: inner }));
    expect(copy).toBeInstanceOf(Error);
    expect(copy.name).toBe("OwnError");
    expect(copy.message).toBe("bad [redacted]");
    expect(copy.stack).toMatch(/^\w*Error: bad \[redacted\]\n.*values-and-errors/);
    expect(copy.body).toEqual({ message: ["bad [redacted]"] });
    expect(copy.headers.get("a")).toBe("[redacted]");
    expect(copy.cause).toMatchObject({ name: "TypeError" });
    expect(copy.cause).toHaveProperty("cause", "with [redacted]");
    expect(shown(copy)).not.toMatch(new RegExp(`${key}|${base64.slice(0, 20)}`));
    expect(Object.keys(copy)).not.toContain("message");
  });

  it("keeps the symbols that have no key in them", () => {
    const name = Symbol("name");
    const copy = redactorOf(key).value({ [name]: 1, list: [name] });
    expect(copy).toEqual({ [name]: 1, list: [name] });
  });

  it("without a key is the cause itself, also with parts that were redacted before", () => {
    const { cause, value } = redactorOf(key);
    const inner = Object.assign(new DOMException("y"), { list: [1, { a: null }] });
    const error = Object.assign(new TypeError("x", { cause: inner }), { code: "E" });
    expect(cause(error)).toBe(error);
    let deep: unknown = key;
    for (let depth = 0; depth < 40; depth += 1) deep = [deep];
    const own = Object.assign(new Error("a"), {
      body: value(deep),
      headers: new Headers({ a: "b" }),
    });
    expect(cause(own)).toBe(own);
  });
});
