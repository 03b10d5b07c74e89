import { describe, expect, it } from "vitest";
import {
  appendPointer,
  assertReferences,
  DocumentError,
  openDocument,
  pointerTokens,
  valueAt,
} from "../src/index.ts";

/** RFC 6901: where a pointer leads to, and where it leads nowhere. */
const document = {
  "": "empty name",
  "a/b": "slash",
  "c%d": "percent",
  "e^f": "caret",
  "m~n": "tilde",
  " ": "space",
  "A B": "decoded",
  "A%20B": "encoded",
  a: { b: "nested" },
  list: ["zero", "one"],
};

describe("a pointer as the fragment of a URI (RFC 6901, section 6)", () => {
  it.each([
    ["#", document],
    ["#/", "empty name"],
    ["#/a~1b", "slash"],
    ["#/m~0n", "tilde"],
    ["#/c%25d", "percent"],
    ["#/e%5Ef", "caret"],
    ["#/%20", "space"],
    ["#/A%20B", "decoded"],
    ["#/A%2520B", "encoded"],
    ["#/a%2Fb", "nested"],
    ["#/a%7E1b", "slash"],
    ["#/list/0", "zero"],
    ["#/list/00", undefined],
    ["#/list/-", undefined],
    ["#/list/1.0", undefined],
    ["#/list/2", undefined],
    ["#/list/length", undefined],
    ["#/constructor", undefined],
    ["#/a/b/c", undefined],
  ])("%s leads to %j", (pointer, expected) => {
    expect(valueAt(document, pointer)).toEqual(expected);
  });

  it.each(["#/100%", "#/%zz", "#a", "a", "#/m~n", "#/m%7En", "/m~2", "/~"])(
    "%s is refused by its name",
    (pointer) => {
      expect(() => pointerTokens(pointer)).toThrow(DocumentError);
      expect(() => pointerTokens(pointer)).toThrow(JSON.stringify(pointer));
    },
  );
});

describe("a pointer as a string (RFC 6901, section 5)", () => {
  it.each([
    ["", document],
    ["/A%20B", "encoded"],
    ["/A B", "decoded"],
    ["/a~1b", "slash"],
    ["/c%d", "percent"],
    ["/a%2Fb", undefined],
  ])("%j leads to %j", (pointer, expected) => {
    expect(valueAt(document, pointer)).toEqual(expected);
  });
});

describe("appendPointer", () => {
  it.each(["#", "", "#/a"])("makes tokens that pointerTokens gives back, after %j", (pointer) => {
    const tokens = ["a/b", "m~n", "~1", "c%d", "A%20B", "", "ü", "0"];
    const before = pointerTokens(pointer);
    expect(pointerTokens(appendPointer(pointer, ...tokens))).toEqual([...before, ...tokens]);
  });
});

const documentWith = ($ref: string): ReturnType<typeof openDocument> =>
  openDocument({
    openapi: "3.1.0",
    components: {
      schemas: { "A B": { title: "decoded" }, "A%20B": { title: "encoded" }, start: { $ref } },
    },
  });

describe("a $ref", () => {
  it.each([
    ["#/components/schemas/A%20B", "decoded"],
    ["#/components/schemas/A%2520B", "encoded"],
    ["#/components%2Fschemas%2FA%20B", "decoded"],
  ])("%s means %s", ($ref, title) => {
    const opened = documentWith($ref);
    const start = { pointer: "#/components/schemas/start", value: { $ref } };
    expect(opened.resolve(start).target.value).toEqual({ title });
  });

  it("# means the document", () => {
    const opened = documentWith("#");
    const start = { pointer: "#/components/schemas/start", value: { $ref: "#" } };
    expect(opened.resolve(start).target.value).toBe(opened.value);
  });

  it.each(["#/components/schemas/100%", "#/nowhere", "other.yaml", "#/components/schemas/start"])(
    "%s is an error at its place",
    ($ref) => {
      const opened = documentWith($ref);
      const start = { pointer: "#/components/schemas/start", value: { $ref } };
      expect(() => opened.resolve(start)).toThrow(/^#\/components\/schemas\/start: /);
    },
  );
});

it("a long chain of references is refused, and soon", () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `S${index}`,
      { $ref: `#/components/schemas/S${index + 1}` },
    ]),
  );
  const opened = openDocument({ openapi: "3.1.0", components: { schemas } });
  expect(() => assertReferences(opened)).toThrow("through more than 100 others");
});
