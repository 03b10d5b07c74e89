import { describe, expect, it } from "vitest";
import type { SchemaRegistryOptions } from "../src/index.ts";
import { createSchemaRegistry, openDocument } from "../src/index.ts";

function registryOf(
  schema: unknown,
  version = "3.1.0",
  options: SchemaRegistryOptions = {},
): ReturnType<typeof createSchemaRegistry> {
  const components = {
    schemas: { A: schema, B: { type: "integer" }, "C%/": { $ref: "#/components/schemas/A" } },
  };
  return createSchemaRegistry(openDocument({ openapi: version, components }), options);
}

const at = "#/components/schemas/A";
const accepts = (
  schema: unknown,
  value: unknown,
  version?: string,
  options?: SchemaRegistryOptions,
): boolean => registryOf(schema, version, options).validate(at, value).length === 0;

describe("a date-time is one of RFC 3339, section 5.6", () => {
  it.each([
    ["2021-01-01T00:00:00Z", true],
    ["2021-01-01t00:00:00.123456789z", true],
    ["2021-01-01T00:00:00+01:00", true],
    ["2016-12-31T23:59:60Z", true],
    ["2017-01-01T00:59:60+01:00", true],
    ["2021-01-01 00:00:00Z", false],
    ["2021-01-01T00:00:00+0100", false],
    ["2021-01-01T00:00:00", false],
    ["2021-02-29T00:00:00Z", false],
    ["2021-01-01T24:00:00Z", false],
    ["2021-01-01T12:00:60Z", false],
    ["2021-01-01T00:00:00+24:00", false],
    ["", false],
  ])("%s: %s", (text, expected) => {
    expect(accepts({ type: "string", format: "date-time" }, text)).toBe(expected);
  });
});

describe("other formats", () => {
  it.each([
    ["date", "2020-02-29", "2021-02-29"],
    ["time", "23:59:59.5Z", "23:59"],
    ["uri", "https://example.com/?a=%20", "not a uri"],
    ["uuid", "42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad", "42a17e56"],
    ["email", "a@example.com", "a@"],
    ["byte", "aGk=", "a"],
    ["int32", 2 ** 31 - 1, 2 ** 31],
    ["int64", 2 ** 53, 2 ** 64],
  ])("%s", (format, good, bad) => {
    expect([accepts({ format }, good), accepts({ format }, bad)]).toEqual([true, false]);
  });

  it.each(["password", "binary", "float", "double"])("%s says how a value is used", (format) => {
    expect(accepts({ format }, "anything")).toBe(true);
  });
});

describe("what would check nothing", () => {
  it.each([
    ["a keyword", { minLenght: 1 }, "/minLenght"],
    ["a format", { properties: { a: { format: "date-tiem" } } }, "/properties/a/format"],
    ["a pattern", { pattern: "[" }, "/pattern"],
    ["a name that is a pattern", { patternProperties: { "(": {} } }, "/patternProperties/("],
    ["a reference out of the document", { items: { $ref: "other.yaml" } }, "/items"],
    [
      "a name that objects cannot have",
      JSON.parse('{"properties":{"__proto__":{}}}'),
      "/properties/__proto__",
    ],
  ])("is refused: %s", (_what, schema, place) => {
    expect(() => registryOf(schema).compile(at)).toThrow(`${at}${place}: `);
  });

  it("is refused again where the schema is asked for again", () => {
    const registry = registryOf({ format: "date-tiem" });
    const attempts = [at, "#/components/schemas/C%25~1", at].map(
      (pointer) => () => registry.compile(pointer),
    );
    for (const attempt of attempts) expect(attempt).toThrow("the format date-tiem is not checked");
  });

  it("is left out with a note where that is asked for", () => {
    const registry = registryOf({ minLenght: 1, type: "string", nullable: true }, "3.1.0", {
      unknown: "note",
    });
    expect(registry.validate(at, 1)).toHaveLength(1);
    expect(registry.notes.map(({ kind, name }) => [kind, name])).toEqual([
      ["keyword", "minLenght"],
      ["keyword", "nullable"],
    ]);
  });

  it("is nothing for a format that is named as a hint", () => {
    expect(accepts({ format: "hint" }, "x", "3.1.0", { ignoredFormats: ["hint"] })).toBe(true);
  });
});

describe("a schema that does not compile is an error at its place", () => {
  it.each([
    ["a type that JSON Schema does not know", { type: "strng" }, "invalid_schema"],
    ["a bound that is not a number", { minimum: "1" }, "invalid_schema"],
    ["a reference to nothing", { $ref: "#/components/schemas/Nobody" }, "reference_unresolved"],
    ["an anchor", { $anchor: "a" }, "invalid_schema"],
    ["properties in a list", { properties: [{}] }, "invalid_schema"],
    ["a $ref that is a number", { $ref: 1 }, "invalid_schema"],
    ["a format that is a number", { format: 1 }, "invalid_schema"],
    ["a % in what is wrong", { patternProperties: { "a%": { type: "?" } } }, "invalid_schema"],
    ["a name that is not one of JSON", { required: [{ toString: 1 }] }, "invalid_schema"],
  ])("%s", (_what, schema, code) => {
    expect(() => registryOf(schema).compile(at)).toThrow(expect.objectContaining({ code }));
  });
});

it("a schema that does not compile leaves none half added that it shares", () => {
  const components = {
    schemas: {
      A: { allOf: [{ $ref: "#/components/schemas/B" }, { $ref: "#/components/schemas/C" }] },
      B: { properties: { a: { $ref: at } } },
      C: { type: "strng" },
    },
  };
  const registry = createSchemaRegistry(openDocument({ openapi: "3.1.0", components }));
  for (const name of ["A", "B", "A", "C"]) {
    expect(() => registry.compile(`#/components/schemas/${name}`)).toThrow(
      /^#\/components\/schemas\/C: .*data\/type must be/,
    );
  }
});

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

describe("what cannot be checked to its end is wrong, and does not throw", () => {
  it.each([
    ["a deep value", { items: { $ref: at } }, nested(50_000)],
    ["deep values to compare", { uniqueItems: true }, [nested(50_000), nested(50_000)]],
    ["a schema that is its own part", { allOf: [{ $ref: at }] }, 1],
  ])("%s", (_what, schema, value) => {
    expect(registryOf(schema).validate(at, value)).toMatchObject([{ keyword: "depth" }]);
  });

  it.each([
    ["byte", "aGkh".repeat(3_000_000), "aGkh".repeat(3_000_000).slice(1)],
    ["uri", `a:${"b".repeat(3_000_000)}`, `a:${"b".repeat(3_000_000)} `],
  ])("a long text has the format %s or not", (format, good, bad) => {
    expect([accepts({ format }, good), accepts({ format }, bad)]).toEqual([true, false]);
  });
});

it("what is allowed is named whatever it is", () => {
  const allowed = ["a", null, { toString: 1 }];
  expect(registryOf({ enum: allowed }).validate(at, 1)[0]?.message).toMatch(
    'values: a, null, {"toString":1}',
  );
});

it.each([
  ["if alone", { if: { type: "string" } }, 1],
  [
    "a property that a pattern describes, too",
    { properties: { a: {} }, patternProperties: { "^a": {} } },
    {},
  ],
  ["minContains of 0", { contains: {}, minContains: 0 }, []],
])("a valid schema that is unusual compiles: %s", (_what, schema, value) => {
  expect(accepts(schema, value)).toBe(true);
});

describe("OpenAPI 3.0", () => {
  it.each([
    ["nullable beside a type", { type: "string", nullable: true }, null, true],
    ["nullable beside an enum", { type: "string", nullable: true, enum: ["a"] }, null, true],
    ["an exclusive bound", { type: "number", minimum: 1, exclusiveMinimum: true }, 1, false],
    [
      "a bound that is not exclusive",
      { type: "number", minimum: 1, exclusiveMinimum: false },
      1,
      true,
    ],
    ["nothing beside a reference", { $ref: "#/components/schemas/B", maximum: 1 }, 2, true],
  ])("%s", (_what, schema, value, expected) => {
    expect(accepts(schema, value, "3.0.4")).toBe(expected);
  });

  it.each([
    ["response", { readOnly: 1 }, true],
    ["response", { writeOnly: 1 }, false],
    ["request", { writeOnly: 1 }, true],
    [undefined, { readOnly: 1 }, false],
  ] as const)("what is required depends on the direction: %s", (direction, value, expected) => {
    const schema = {
      required: ["readOnly", "writeOnly"],
      properties: { readOnly: { readOnly: true }, writeOnly: { writeOnly: true } },
    };
    expect(accepts(schema, value, "3.0.4", { direction })).toBe(expected);
  });
});

describe("JSON Schema 2020-12", () => {
  it.each([
    ["prefixItems", { prefixItems: [{ type: "string" }], items: false }, ["a", "b"]],
    ["dependentRequired", { dependentRequired: { a: ["b"] } }, { a: 1 }],
    [
      "unevaluatedProperties",
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { b: 1 },
    ],
    ["something beside a reference", { $ref: "#/components/schemas/B", maximum: 1 }, 2],
    ["a schema that is false", false, 1],
    ["a pattern of code points", { pattern: "^.$" }, "ab"],
    ["a name that every object inherits", { required: ["constructor"] }, {}],
  ])("asserts %s", (_what, schema, bad) => expect(accepts(schema, bad)).toBe(false));

  it("takes patterns with escapes that the flag u does not allow", () => {
    expect([
      accepts({ pattern: String.raw`^a\:\@$` }, "a:@"),
      accepts({ pattern: String.raw`^a\:$` }, "b"),
    ]).toEqual([true, false]);
  });

  it("goes through references in circles", () => {
    const schema = {
      properties: { next: { $ref: "#/components/schemas/C%25~1" } },
      required: ["value"],
    };
    const errors = registryOf(schema).validate(at, { value: 1, next: { value: 1, next: {} } });
    expect(errors.map(({ pointer, holder }) => [pointer, holder])).toEqual([
      ["/next/next/value", "/next/next"],
    ]);
  });
});

describe("older dialects", () => {
  const draft07 = "http://json-schema.org/draft-07/schema#";
  it.each([
    ["a list of items", { items: [{ type: "string" }], additionalItems: false }, ["a", 1]],
    ["dependencies on names", { dependencies: { a: ["b"] } }, { a: 1 }],
    ["dependencies on schemas", { dependencies: { a: { required: ["b"] } } }, { a: 1 }],
  ])("%s", (_what, schema, bad) => {
    const document = openDocument({
      openapi: "3.1.0",
      jsonSchemaDialect: draft07,
      components: { schemas: { A: schema } },
    });
    expect(createSchemaRegistry(document).validate(at, bad)).not.toEqual([]);
  });

  it.each(["urn:mine", "constructor"])("an unknown one is refused: %s", (dialect) => {
    const document = openDocument({ openapi: "3.1.0", jsonSchemaDialect: dialect });
    expect(() => createSchemaRegistry(document)).toThrow(`the dialect "${dialect}" is not one of`);
  });
});
