import { describe, expect, test } from "vitest";
import { keywordEffect, restrictsNothing } from "../../release/wire/keyword-effect.ts";

describe("what a changed keyword does to the values a schema allows", () => {
  test.each([
    ["type", "string", ["string", "null"], "widened"],
    ["type", "integer", "number", "widened"],
    ["type", "number", "integer", "narrowed"],
    ["type", "string", "integer", "changed"],
    ["type", undefined, "object", "narrowed"],
    ["nullable", undefined, true, "widened"],
    ["enum", ["a"], ["a", "b"], "widened"],
    ["enum", ["a", "b"], ["b"], "narrowed"],
    ["enum", ["a", "b"], ["b", "a"], "annotation"],
    ["enum", undefined, ["a"], "narrowed"],
    ["const", "a", undefined, "widened"],
    ["maximum", 5, 4, "narrowed"],
    ["maximum", 5, 5, "annotation"],
    ["maxLength", 5, undefined, "widened"],
    ["minItems", 1, 2, "narrowed"],
    ["minContains", undefined, 1, "annotation"],
    ["exclusiveMinimum", false, true, "narrowed"],
    ["exclusiveMaximum", 5, 6, "widened"],
    ["multipleOf", 2, 4, "narrowed"],
    ["multipleOf", 4, 2, "widened"],
    ["multipleOf", 2, 3, "changed"],
    ["pattern", "^a", "^b", "changed"],
    ["pattern", "^a", ".*", "widened"],
    ["pattern", "", "^a", "narrowed"],
    ["required", ["a"], ["a", "b"], "narrowed"],
    ["required", ["a"], undefined, "widened"],
    ["dependentRequired", undefined, { a: ["b"] }, "narrowed"],
    ["dependentRequired", { a: ["b"] }, { a: ["b", "c"] }, "narrowed"],
    ["uniqueItems", undefined, true, "narrowed"],
    ["additionalProperties", undefined, false, "narrowed"],
    ["additionalProperties", false, true, "widened"],
    ["contentEncoding", "base64", "base32", "changed"],
    ["somethingElse", 1, 2, undefined],
  ] as const)("%s from %j to %j: %s", (keyword, before, after, effect) => {
    expect(keywordEffect(keyword, before, after)).toBe(effect);
  });

  test("takes a schema of annotations for no restriction", () => {
    expect(restrictsNothing({ title: "t", description: "d", "x-note": 1 })).toBe(true);
    expect(restrictsNothing({ title: "t", type: "string" })).toBe(false);
  });
});
