import { describe, expect, test } from "vitest";
import { keywordEffect } from "../../release/wire/keyword-effect.ts";

describe("what a changed keyword does to the values a schema allows", () => {
  test.each([
    ["maximum", 5, 4, "narrowed"],
    ["maximum", 5, 5, "annotation"],
    ["maxLength", 5, undefined, "widened"],
    ["minItems", 1, 2, "narrowed"],
    ["minContains", undefined, 1, "annotation"],
    ["exclusiveMaximum", 5, 6, "widened"],
    ["multipleOf", 2, 4, "narrowed"],
    ["multipleOf", 4, 2, "widened"],
    ["multipleOf", 2, 3, "changed"],
    ["pattern", "^a", "^b", "changed"],
    ["format", "int32", "int64", "widened"],
    ["format", "iri", "uri", "narrowed"],
    ["dependentRequired", undefined, ["a → b"], "narrowed"],
    ["dependentRequired", ["a → b"], ["a → b", "a → c"], "narrowed"],
    ["uniqueItems", undefined, true, "narrowed"],
    ["contentEncoding", "base64", "base32", "changed"],
    ["somethingElse", 1, 2, "changed"],
  ] as const)("%s from %j to %j: %s", (keyword, before, after, effect) => {
    expect(keywordEffect(keyword, before, after)).toBe(effect);
  });
});
