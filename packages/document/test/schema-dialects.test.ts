import { describe, expect, test } from "vitest";
import { createSchemaRegistry, openDocument } from "../src/index.ts";

function registryOf(
  openapi: string,
  schema: unknown,
  more: Readonly<Record<string, unknown>> = {},
): (value: unknown) => readonly string[] {
  const document = {
    openapi,
    ...more,
    components: { schemas: { Value: schema, Name: { type: "string" } } },
  };
  const registry = createSchemaRegistry(openDocument(document), { direction: "response" });
  return (value) =>
    registry.validate("#/components/schemas/Value", value).map((error) => error.keyword);
}

describe("OpenAPI 3.0", () => {
  test.for([
    ["nullable lets null pass", { type: "string", nullable: true }, null, []],
    ["without nullable null fails", { type: "string" }, null, ["type"]],
    [
      "a boolean exclusiveMinimum excludes the minimum",
      { type: "number", minimum: 0, exclusiveMinimum: true },
      0,
      ["exclusiveMinimum"],
    ],
    [
      "a boolean exclusiveMaximum excludes the maximum",
      { type: "number", maximum: 9, exclusiveMaximum: true },
      9,
      ["exclusiveMaximum"],
    ],
    [
      "exclusiveMinimum false excludes nothing",
      { type: "number", minimum: 0, exclusiveMinimum: false },
      0,
      [],
    ],
    [
      "what stands beside a reference is ignored",
      { $ref: "#/components/schemas/Name", maxLength: 1 },
      "long",
      [],
    ],
    [
      "a write-only property need not come back",
      {
        type: "object",
        required: ["secret"],
        properties: { secret: { type: "string", writeOnly: true } },
      },
      {},
      [],
    ],
  ] as const)("%s", ([_name, schema, value, keywords]) => {
    expect(registryOf("3.0.3", schema)(value)).toEqual(keywords);
  });
});

describe("OpenAPI 3.1", () => {
  test.for([
    [
      "what stands beside a reference counts",
      { $ref: "#/components/schemas/Name", maxLength: 1 },
      "long",
      ["maxLength"],
    ],
    [
      "unevaluatedProperties counts",
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { b: 1 },
      ["unevaluatedProperties"],
    ],
    [
      "dependentRequired counts",
      { dependentRequired: { a: ["b"] } },
      { a: 1 },
      ["dependentRequired"],
    ],
    ["prefixItems counts", { type: "array", prefixItems: [{ type: "string" }] }, [1], ["type"]],
    [
      "if and then count",
      JSON.parse('{"if": {"required": ["a"]}, "then": {"required": ["b"]}}'),
      { a: 1 },
      ["required", "if"],
    ],
    [
      "a leap second at the end of a day is a time",
      { format: "date-time" },
      "2016-12-31T23:59:60Z",
      [],
    ],
    [
      "a leap second at another time is refused",
      { format: "date-time" },
      "2016-12-31T12:59:60Z",
      ["format"],
    ],
    [
      "February 29 of another year than a leap year is refused",
      { format: "date" },
      "2023-02-29",
      ["format"],
    ],
    ["lower-case t and z are accepted", { format: "date-time" }, "2023-02-28t12:00:00z", []],
  ] as const)("%s", ([_name, schema, value, keywords]) => {
    expect(registryOf("3.1.0", schema)(value)).toEqual(keywords);
  });

  test("draft-07 is read as draft-07", () => {
    const more = { jsonSchemaDialect: "http://json-schema.org/draft-07/schema#" };
    expect(
      registryOf("3.1.0", { items: [{ type: "string" }], additionalItems: false }, more)(["a", 2]),
    ).toEqual(["items"]);
  });

  test("a schema may refer to itself", () => {
    const tree = {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Value" } } },
    };
    expect(registryOf("3.1.0", tree)({ children: [{ children: [1] }] })).toEqual(["type"]);
  });

  test("scopes that would be misread are refused", () => {
    expect(() => registryOf("3.1.0", { $anchor: "a" })(1)).toThrow(
      /the keyword \$anchor is not supported/,
    );
  });
});
