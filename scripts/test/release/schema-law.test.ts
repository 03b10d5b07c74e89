import { describe, expect, test } from "vitest";
import type { SchemaRow } from "./support/schema-row.ts";
import { rateBoth } from "./support/schema-row.ts";

const text = { type: "string" };
const number = { type: "number" };
const list = { type: "array", items: text };

const rows: readonly SchemaRow[] = [
  // Types.
  ["another type", text, number, "major", "major"],
  ["a wider type", { type: "integer" }, number, "minor", "major"],
  ["a narrower type", number, { type: "integer" }, "major", "minor"],
  ["one more type", text, { type: ["string", "integer"] }, "minor", "major"],
  ["one type less", { type: ["string", "integer"] }, text, "major", "minor"],
  ["null is admitted", text, { type: ["string", "null"] }, "minor", "major"],
  ["null is no longer admitted", { type: ["string", "null"] }, text, "major", "minor"],
  ["a type where there was none", {}, text, "major", "minor"],
  [
    "any type where there was one",
    { type: "object", properties: { a: text } },
    {},
    "minor",
    "major",
  ],
  [
    "a bound that is excluded",
    { type: "number", minimum: 1 },
    { type: "number", exclusiveMinimum: 1 },
    "major",
    "minor",
  ],
  [
    "a bound that is no longer excluded",
    { type: "number", exclusiveMaximum: 1 },
    { type: "number", maximum: 1 },
    "minor",
    "major",
  ],
  ["a format is added", text, { type: "string", format: "uuid" }, "major", "minor"],
  ["a format is removed", { type: "string", format: "uuid" }, text, "minor", "major"],
  [
    "a format changes",
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
    "major",
    "major",
  ],
  [
    "a format widens",
    { type: "integer", format: "int32" },
    { type: "integer", format: "int64" },
    "minor",
    "major",
  ],
  // Listed values.
  ["a list of values", text, { type: "string", enum: ["a"] }, "major", "minor"],
  ["no list of values any more", { type: "string", enum: ["a"] }, text, "minor", "major"],
  ["a value more", { enum: ["a"] }, { enum: ["a", "b"] }, "minor", "major"],
  ["a value less", { enum: ["a", "b"] }, { enum: ["a"] }, "major", "minor"],
  ["another constant", { const: "a" }, { const: "b" }, "major", "major"],
  ["a constant is added", text, { type: "string", const: "a" }, "major", "minor"],
  ["a constant is removed", { type: "string", const: "a" }, text, "minor", "major"],
  [
    "a value less of a list that may grow",
    { "x-extensible-enum": ["a", "b"] },
    { "x-extensible-enum": ["a"] },
    "major",
    "minor",
  ],
  [
    "a value more of a list that may grow",
    { "x-extensible-enum": ["a"] },
    { "x-extensible-enum": ["a", "b"] },
    "patch",
    "patch",
  ],
  // Texts and numbers.
  ["a pattern is added", text, { type: "string", pattern: "^a" }, "major", "minor"],
  ["a pattern is removed", { type: "string", pattern: "^a" }, text, "minor", "major"],
  [
    "a pattern changes",
    { type: "string", pattern: "^a" },
    { type: "string", pattern: "^b" },
    "major",
    "major",
  ],
  [
    "a pattern that admits every text",
    { type: "string", pattern: "^a" },
    { type: "string", pattern: ".*" },
    "minor",
    "major",
  ],
  [
    "a shorter text at most",
    { type: "string", maxLength: 9 },
    { type: "string", maxLength: 5 },
    "major",
    "minor",
  ],
  [
    "a longer text at most",
    { type: "string", maxLength: 5 },
    { type: "string", maxLength: 9 },
    "minor",
    "major",
  ],
  ["a greatest length is added", text, { type: "string", maxLength: 9 }, "major", "minor"],
  ["a greatest length is removed", { type: "string", maxLength: 9 }, text, "minor", "major"],
  [
    "a longer text at least",
    { type: "string", minLength: 1 },
    { type: "string", minLength: 2 },
    "major",
    "minor",
  ],
  ["a lower maximum", { ...number, maximum: 9 }, { ...number, maximum: 5 }, "major", "minor"],
  ["a higher minimum", { ...number, minimum: 1 }, { ...number, minimum: 2 }, "major", "minor"],
  ["a lower minimum", { ...number, minimum: 2 }, { ...number, minimum: 1 }, "minor", "major"],
  [
    "a lower exclusive maximum",
    { ...number, exclusiveMaximum: 9 },
    { ...number, exclusiveMaximum: 5 },
    "major",
    "minor",
  ],
  ["an exclusive minimum is added", number, { ...number, exclusiveMinimum: 0 }, "major", "minor"],
  [
    "a finer multiple",
    { ...number, multipleOf: 4 },
    { ...number, multipleOf: 2 },
    "minor",
    "major",
  ],
  [
    "a multiple of something else",
    { ...number, multipleOf: 2 },
    { ...number, multipleOf: 3 },
    "major",
    "major",
  ],
  [
    "another encoding",
    { ...text, contentEncoding: "base64" },
    { ...text, contentEncoding: "base32" },
    "major",
    "major",
  ],
  [
    "another media type within a text",
    { ...text, contentMediaType: "a/b" },
    { ...text, contentMediaType: "a/c" },
    "major",
    "major",
  ],
  [
    "a schema for what a text holds",
    { ...text, contentMediaType: "application/json" },
    { ...text, contentMediaType: "application/json", contentSchema: number },
    "major",
    "minor",
  ],
  // Lists.
  ["other items", list, { type: "array", items: number }, "major", "major"],
  ["more items at least", { ...list, minItems: 1 }, { ...list, minItems: 2 }, "major", "minor"],
  ["more items at most", { ...list, maxItems: 1 }, { ...list, maxItems: 2 }, "minor", "major"],
  ["items that differ", list, { ...list, uniqueItems: true }, "major", "minor"],
  [
    "something that must be among the items",
    { type: "array" },
    { type: "array", contains: text },
    "major",
    "minor",
  ],
  [
    "more of what must be among them",
    { type: "array", contains: text, minContains: 1 },
    { type: "array", contains: text, minContains: 2 },
    "major",
    "minor",
  ],
  [
    "more of what may be among them",
    { type: "array", contains: text, maxContains: 1 },
    { type: "array", contains: text, maxContains: 2 },
    "minor",
    "major",
  ],
  [
    "a first place of its own",
    { type: "array" },
    { type: "array", prefixItems: [text] },
    "major",
    "minor",
  ],
  [
    "a first place that is like all others",
    { type: "array", prefixItems: [text] },
    { type: "array" },
    "minor",
    "major",
  ],
  [
    "no further items",
    { type: "array", prefixItems: [text] },
    { type: "array", prefixItems: [text], items: false },
    "major",
    "minor",
  ],
  [
    "no items that are not evaluated",
    { type: "array" },
    { type: "array", unevaluatedItems: false },
    "major",
    "minor",
  ],
];

describe("what a changed value asks of the version", () => {
  test.each(rows)("%s", (_, before, after, request, response) => {
    expect(rateBoth(before, after)).toEqual([request, response]);
  });
});
