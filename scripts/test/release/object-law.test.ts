import { describe, expect, test } from "vitest";
import type { Editable } from "./support/base-document.ts";
import type { SchemaRow } from "./support/schema-row.ts";
import { rateBoth } from "./support/schema-row.ts";

const text = { type: "string" };
const number = { type: "number" };
const object = (properties: Editable, more: Editable = {}): Editable => ({
  type: "object",
  properties,
  ...more,
});
const cat = object({ kind: { const: "cat" } }, { required: ["kind"] });
const dog = object({ kind: { const: "dog" } }, { required: ["kind"] });
const bird = object({ kind: { const: "bird" } }, { required: ["kind"] });

// oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
const condition = { if: cat, then: { maxProperties: 1 } };

const rows: readonly SchemaRow[] = [
  // Objects.
  ["an optional property is added", object({}), object({ a: text }), "minor", "minor"],
  [
    "a required property is added",
    object({}),
    object({ a: text }, { required: ["a"] }),
    "major",
    "minor",
  ],
  ["a property is removed", object({ a: text }), object({}), "major", "major"],
  [
    "a property becomes required",
    object({ a: text }),
    object({ a: text }, { required: ["a"] }),
    "major",
    "minor",
  ],
  [
    "a property becomes optional",
    object({ a: text }, { required: ["a"] }),
    object({ a: text }),
    "minor",
    "major",
  ],
  [
    "a property is added where no other is admitted",
    object({}, { additionalProperties: false }),
    object({ a: text }, { additionalProperties: false }),
    "minor",
    "major",
  ],
  [
    "no other properties",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
    "major",
    "minor",
  ],
  [
    "other properties again",
    object({ a: text }, { additionalProperties: false }),
    object({ a: text }),
    "minor",
    "major",
  ],
  [
    "other values of other properties",
    object({}, { additionalProperties: text }),
    object({}, { additionalProperties: number }),
    "major",
    "major",
  ],
  [
    "no properties that are not evaluated",
    object({}),
    object({}, { unevaluatedProperties: false }),
    "major",
    "minor",
  ],
  [
    "fewer properties at most",
    object({}, { maxProperties: 3 }),
    object({}, { maxProperties: 2 }),
    "major",
    "minor",
  ],
  [
    "a schema for names",
    object({}),
    object({}, { propertyNames: { pattern: "^a" } }),
    "major",
    "minor",
  ],
  [
    "a schema for properties by a pattern",
    object({}),
    object({}, { patternProperties: { "^x-": text } }),
    "major",
    "minor",
  ],
  [
    "a property that asks for another",
    object({}),
    object({}, { dependentRequired: { a: ["b"] } }),
    "major",
    "minor",
  ],
  [
    "a property that no longer asks for another",
    object({}, { dependentRequired: { a: ["b"] } }),
    object({}),
    "minor",
    "major",
  ],
  [
    "a property that asks for a schema",
    object({}),
    object({}, { dependentSchemas: { a: cat } }),
    "major",
    "minor",
  ],
  // Several schemas.
  ["an alternative is added", { oneOf: [cat, dog] }, { oneOf: [cat, dog, bird] }, "minor", "major"],
  [
    "an alternative is removed",
    { anyOf: [cat, dog, bird] },
    { anyOf: [cat, dog] },
    "major",
    "minor",
  ],
  [
    "within an alternative",
    { oneOf: [cat, { ...dog, maxProperties: 5 }] },
    { oneOf: [cat, { ...dog, maxProperties: 4 }] },
    "major",
    "minor",
  ],
  ["an alternative beside what was the only schema", cat, { oneOf: [cat, dog] }, "minor", "major"],
  [
    "an alternative that what was sent fits, too",
    object({ a: text }),
    { oneOf: [object({ a: text }), object({ b: text })] },
    "major",
    "major",
  ],
  ["the only schema is left", { oneOf: [cat, dog] }, cat, "major", "minor"],
  [
    "a further schema for the same value",
    text,
    { allOf: [text, { maxLength: 5 }] },
    "major",
    "minor",
  ],
  ["a schema less for the same value", { allOf: [text, { maxLength: 5 }] }, text, "minor", "major"],
  ["a schema that must not fit", text, { ...text, not: { const: "a" } }, "major", "minor"],
  [
    "fewer values that must not fit",
    { ...text, not: { enum: ["a", "b"] } },
    { ...text, not: { enum: ["a"] } },
    "minor",
    "major",
  ],
  ["a condition", object({}), object({}, condition), "major", "minor"],
  ["no condition any more", object({}, condition), object({}), "minor", "major"],
  // Directions.
  [
    "a property becomes readOnly",
    object({ a: text }),
    object({ a: { ...text, readOnly: true } }),
    "major",
    "patch",
  ],
  [
    "a property becomes writeOnly",
    object({ a: text }),
    object({ a: { ...text, writeOnly: true } }),
    "patch",
    "major",
  ],
  [
    "a property is no longer readOnly",
    object({ a: { ...text, readOnly: true } }),
    object({ a: text }),
    "minor",
    "patch",
  ],
  [
    "a readOnly property that is required",
    object({ a: { ...text, readOnly: true } }),
    object({ a: { ...text, readOnly: true } }, { required: ["a"] }),
    "patch",
    "minor",
  ],
  [
    "a shorter text at most, readOnly",
    object({ a: { ...text, readOnly: true } }),
    object({ a: { ...text, readOnly: true, maxLength: 5 } }),
    "patch",
    "minor",
  ],
  [
    "another type, writeOnly",
    object({ a: { ...text, writeOnly: true } }),
    object({ a: { ...number, writeOnly: true } }),
    "major",
    "patch",
  ],
  // What is left out.
  ["a default is added", text, { ...text, default: "a" }, "minor", "patch"],
  ["a default changes", { ...text, default: "a" }, { ...text, default: "b" }, "major", "patch"],
  ["a default is removed", { ...text, default: "a" }, text, "major", "patch"],
  // Words.
  ["a description", text, { ...text, description: "A text." }, "patch", "patch"],
  ["a deprecation", text, { ...text, deprecated: true }, "minor", "minor"],
];

describe("what a changed object, or a choice of schemas, asks of the version", () => {
  test.each(rows)("%s", (_, before, after, request, response) => {
    expect(rateBoth(before, after)).toEqual([request, response]);
  });
});
