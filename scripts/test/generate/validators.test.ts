import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@qontext/sync-log-document";
import {
  documentWithSchemas,
  importModule,
  planDocument,
  warningsOf,
} from "./support/plan-document.ts";

/** The outcome of a validator on a value. */
type Validate = (value: unknown) => {
  readonly value?: unknown;
  readonly issues?: readonly { readonly keyword: string; readonly path: readonly PropertyKey[] }[];
};

async function validatorsOf(
  schemas: JsonObject,
  openapi?: string,
): Promise<Readonly<Record<string, Validate>>> {
  const plan = await planDocument(documentWithSchemas(schemas, openapi));
  // The module exports validators and nothing else.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await importModule(plan, "validators.ts")) as Record<string, Validate>;
}

/** `valid`, or `keyword path` of each issue. */
function outcome(validate: Validate | undefined, value: unknown): string {
  if (validate === undefined) return "no validator";
  const { issues } = validate(value);
  if (issues === undefined) return "valid";
  return issues
    .map(({ keyword, path }) => `${keyword} ${path.map(String).join(".")}`.trim())
    .join(", ");
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("the validators of a document", () => {
  const thing = {
    type: "object",
    required: ["id", "color"],
    properties: {
      id: { type: "string", minLength: 2, maxLength: 3 },
      color: { type: "string", enum: ["red", "green"] },
      "a/b~c": { type: "array", items: { type: "integer" } },
      more: ref("Thing"),
    },
  };
  let validateThing: Validate | undefined;
  beforeAll(async () => {
    ({ validateThing } = await validatorsOf({ Thing: thing }));
  });

  test.each([
    [{ id: "ab", color: "red", unknown: 1 }, "valid"],
    [{}, "required id, required color"],
    [{ id: "a", color: "red" }, "minLength id"],
    [{ id: "🎈🎈🎈", color: "red" }, "valid"],
    [{ id: "🎈", color: "red" }, "minLength id"],
    [{ id: "ab", color: "blue" }, "enum color"],
    [{ id: 1, color: 2 }, "type id, type color, enum color"],
    [{ id: "ab", color: "red", "a/b~c": [1, "2", 3.5] }, "type a/b~c.1, type a/b~c.2"],
    [
      { id: "ab", color: "red", more: { id: "ab", more: null } },
      "required more.color, type more.more",
    ],
    [null, "type"],
    [[], "type"],
    [undefined, "type"],
  ])("say of %j: %s", (value, expected) => {
    expect(outcome(validateThing, value)).toBe(expected);
  });

  test("give the value itself, not a copy", () => {
    const value = { id: "ab", color: "red" };
    expect(validateThing?.(value).value).toBe(value);
  });

  test("give array indexes as numbers and property names as strings", () => {
    const issues = validateThing?.({ id: "ab", color: "red", "a/b~c": [1, "2"] }).issues;
    expect(issues?.[0]?.path).toEqual(["a/b~c", 1]);
  });

  test("do not take what every object inherits for a property", async () => {
    const { validateOdd } = await validatorsOf({
      Odd: {
        type: "object",
        required: ["constructor"],
        properties: { toString: { type: "string" }, constructor: { type: "string" } },
      },
    });
    expect(outcome(validateOdd, {})).toBe("required constructor");
    expect(outcome(validateOdd, { constructor: "c" })).toBe("valid");
  });

  test("bound the issues of an endless list of wrong values", async () => {
    const { validateList } = await validatorsOf({
      List: { type: "array", items: { oneOf: [{ type: "integer" }, ref("Item")] } },
      Item: { type: "object", required: ["a", "b"], properties: {} },
    });
    const wrong = Array.from({ length: 100_000 }, () => ({}));
    const issues = validateList?.(wrong).issues;
    expect(issues).toHaveLength(100);
    expect(outcome(validateList, [1, { a: 1, b: 2 }])).toBe("valid");
  });

  test("go down into recursive schemas, also through several of them", async () => {
    const { validateA } = await validatorsOf({
      A: { type: "object", properties: { b: ref("B") } },
      B: { type: "array", items: { anyOf: [ref("A"), { type: "null" }] } },
    });
    expect(outcome(validateA, { b: [null, { b: [{ b: [] }] }] })).toBe("valid");
    expect(outcome(validateA, { b: [{ b: 1 }] })).toMatch(/^type b\.0\.b, /);
  });

  test.each([
    [
      { type: "array", uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      "uniqueItems",
    ],
    [{ const: { a: [1, { b: null }] } }, { a: [1, { b: null }] }, "valid"],
    [{ const: { a: [1] } }, { a: [2] }, "const"],
    [
      { type: "object", properties: { a: {} }, unevaluatedProperties: false },
      { b: 1 },
      "unevaluatedProperties",
    ],
    [{ prefixItems: [{ type: "string" }], items: false }, ["a", 1], "items"],
    [{ if: { required: ["a"] }, else: { required: ["b"] } }, {}, "required b, if"],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, "dependentRequired"],
    [
      { type: "object", patternProperties: { "^x-": { type: "string" } } },
      { "x-a": 1 },
      "type x-a",
    ],
    [{ type: "string", pattern: "^[\\-\\_\\w]+\\/\\@\\-$" }, "a-_/@-", "valid"],
    [{ type: "string", pattern: "^[\\w-.]+$" }, "a-b.c", "valid"],
    [{ type: "string", pattern: "^[\\w-.]+$" }, "a b", "pattern"],
    [{ type: "integer", format: "int32" }, 2 ** 31, "format"],
    [{ type: "string", format: "uuid" }, "no", "format"],
    [{ type: "string", format: "password" }, "any", "valid"],
    [true, { any: 1 }, "valid"],
    [false, 1, "false schema"],
  ])("of %j say of %j: %s", async (schema, value, expected) => {
    const { validateS } = await validatorsOf({ S: schema });
    expect(outcome(validateS, value)).toBe(expected);
  });

  test.each([
    [{ type: "string", nullable: true }, null, "valid"],
    [{ type: "string", nullable: true, enum: ["a"] }, null, "valid"],
    [{ type: "string", nullable: true, enum: ["a"] }, "b", "enum"],
    [{ nullable: true, allOf: [ref("Other")] }, null, "valid"],
    [{ type: "integer", minimum: 1, exclusiveMinimum: true }, 1, "exclusiveMinimum"],
    [{ type: "integer", minimum: 1, exclusiveMinimum: false }, 1, "valid"],
    [{ ...ref("Other"), description: "Does not count.", minLength: 9 }, "a", "valid"],
  ])("of OpenAPI 3.0's %j say of %j: %s", async (schema, value, expected) => {
    const { validateS } = await validatorsOf({ S: schema, Other: { type: "string" } }, "3.0.3");
    expect(outcome(validateS, value)).toBe(expected);
  });

  test("say what they do not check", async () => {
    const plan = await planDocument(
      documentWithSchemas({
        S: {
          type: "object",
          properties: {
            format: { type: "string", format: "isbn" },
            pattern: { type: "string", pattern: "(?i)x" },
            dynamic: { $dynamicRef: "#node" },
          },
          patternProperties: { "[": { type: "string" } },
        },
      }),
    );
    const at = "#/components/schemas/S";
    expect(warningsOf(plan).toSorted()).toEqual([
      `format ${at}/properties/format/format`,
      `keyword ${at}/properties/dynamic/$dynamicRef`,
      `pattern ${at}/patternProperties/[`,
      `pattern ${at}/properties/pattern/pattern`,
    ]);
    const { validateS } = await importModule(plan, "validators.ts");
    expect(validateS).toBeTypeOf("function");
  });

  test("need nothing at run time and make no code", async () => {
    const plan = await planDocument(
      documentWithSchemas({ Thing: { ...thing, uniqueItems: true } }),
    );
    for (const file of [
      "validators.ts",
      "checks.ts",
      "validation.ts",
      "formats.ts",
      "keywords.ts",
      "pointers.ts",
    ]) {
      const text = plan.files.get(file) ?? "";
      expect(text, `the text of ${file}`).not.toBe("");
      expect(text).not.toMatch(/\brequire\(|\beval\(|new Function/);
      for (const [, specifier] of text.matchAll(/^(?:import|export) .* from "(.*)";$/gm)) {
        expect(specifier).toMatch(/^\.\//);
      }
    }
  });
});
