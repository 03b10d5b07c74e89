import { describe, expect, test } from "vitest";
import { emitTools } from "../../generate/emit/emit-tools.ts";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";
import { compileFolder, writeTexts } from "./support/compile-folder.ts";
import { documentWith, importModule, planDocument } from "./support/plan-document.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

/** The tools of a document, compiled by the strict settings and read. */
async function toolsOf(members: JsonObject, openapi?: string): Promise<readonly unknown[]> {
  const plan = await planDocument(documentWith(members, openapi));
  const files = new Map([...plan.files, ["tools.ts", emitTools(plan)]]);
  using scratch = scratchFolder();
  writeTexts(scratch.path, files);
  expect(compileFolder(scratch.path)).toBe("");
  const { operationTools } = await importModule({ ...plan, files }, "tools.ts");
  return Array.isArray(operationTools) ? operationTools : [];
}

const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
const string = { type: "string" };
const object = { type: "object", properties: { a: string } };
const ok = { "204": { description: "" } };
const id = { name: "id", in: "path", required: true };
const read = (more: JsonObject): JsonObject => ({
  "/a/{id}": { get: { operationId: "readIt", responses: ok, ...more } },
});
const schemaOf = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  required: ["id"],
  additionalProperties: false,
  ...more,
});

const inputs: [string, JsonObject, JsonObject, string?][] = [
  [
    "a parameter of the operation",
    { paths: read({ parameters: [{ ...id, schema: string, description: "Says which." }] }) },
    schemaOf({ id: { type: "string", description: "Says which." } }),
  ],
  [
    "a parameter by reference",
    {
      paths: read({ parameters: [{ $ref: "#/components/parameters/Id" }] }),
      components: { parameters: { Id: { ...id, schema: string } } },
    },
    schemaOf({ id: string }),
  ],
  [
    "a parameter of the path",
    {
      paths: {
        "/a/{id}": {
          parameters: [{ ...id, schema: string }],
          get: { operationId: "readIt", responses: ok },
        },
      },
    },
    schemaOf({ id: string }),
  ],
  [
    "a parameter of the path by reference that the operation overrides",
    {
      paths: {
        "/a/{id}": {
          parameters: [{ $ref: "#/components/parameters/Id" }],
          get: {
            operationId: "readIt",
            responses: ok,
            parameters: [{ ...id, schema: { type: "string", minLength: 1 } }],
          },
        },
      },
      components: { parameters: { Id: { ...id, schema: string } } },
    },
    schemaOf({ id: { type: "string", minLength: 1 } }),
  ],
  [
    "a parameter whose schema is a reference, and its description",
    {
      paths: read({
        parameters: [{ ...id, description: "Which.", schema: { $ref: "#/components/schemas/Id" } }],
      }),
      components: { schemas: { Id: { ...string, pattern: "^a", title: "Id", "x-a": 1 } } },
    },
    schemaOf(
      { id: { $ref: "#/$defs/Id", description: "Which." } },
      { $defs: { Id: { ...string, title: "Id" } } },
    ),
  ],
  [
    "a parameter of which only today's values are known",
    {
      paths: read({
        parameters: [
          {
            ...id,
            schema: { ...string, pattern: "^a", format: "uuid", enum: ["a"], minLength: 1 },
          },
        ],
      }),
    },
    schemaOf({ id: { ...string, minLength: 1, examples: ["a"] } }),
  ],
  [
    "a parameter with content instead of a schema",
    { paths: read({ parameters: [{ ...id, ...json(object) }] }) },
    schemaOf({ id: object }),
  ],
  [
    "a request body by reference, with definitions that refer to each other",
    {
      paths: {
        "/a/{id}": {
          put: {
            operationId: "readIt",
            responses: ok,
            parameters: [{ ...id, schema: string }],
            requestBody: { $ref: "#/components/requestBodies/Body" },
          },
        },
      },
      components: {
        requestBodies: { Body: { required: true, ...json({ $ref: "#/components/schemas/Tree" }) } },
        schemas: {
          Tree: {
            type: "object",
            properties: { next: { $ref: "#/components/schemas/Tree" }, "x-own": string },
          },
        },
      },
    },
    schemaOf(
      { id: string, body: { $ref: "#/$defs/Tree" } },
      {
        required: ["id", "body"],
        $defs: {
          Tree: {
            type: "object",
            properties: { next: { $ref: "#/$defs/Tree" }, "x-own": string },
          },
        },
      },
    ),
  ],
  [
    "a nullable parameter of OpenAPI 3.0",
    { paths: read({ parameters: [{ ...id, schema: { type: "string", nullable: true } }] }) },
    schemaOf({ id: { type: ["string", "null"] } }),
    "3.0.3",
  ],
];

describe("the input of a tool", () => {
  test.each(inputs)("has %s", async (_, members, expected, openapi) => {
    const [tool] = await toolsOf(members, openapi);
    expect(tool).toHaveProperty("inputSchema", expected);
  });
});

const idParameter = { parameters: [{ ...id, schema: string }] };
const answer = (responses: JsonObject, components: JsonObject = {}): JsonObject => ({
  paths: read({ ...idParameter, responses }),
  components,
});

const openObject = { type: "object", properties: { a: {} } };

const outputs: [string, JsonObject, JsonObject | undefined][] = [
  ["of the answer", answer({ "200": { description: "", ...json(object) } }), openObject],
  [
    "of a response by reference",
    answer(
      { "200": { $ref: "#/components/responses/Log" } },
      { responses: { Log: { description: "", ...json(object) } } },
    ),
    openObject,
  ],
  [
    "of a schema by references, the object itself at the top",
    answer(
      { "201": { description: "", ...json({ $ref: "#/components/schemas/A" }) } },
      {
        schemas: {
          A: { $ref: "#/components/schemas/B" },
          B: { type: "object", properties: { b: { $ref: "#/components/schemas/C" } } },
          C: string,
        },
      },
    ),
    { type: "object", properties: { b: { $ref: "#/$defs/C" } }, $defs: { C: {} } },
  ],
  [
    "a description of an answer that refuses none",
    answer({
      "200": {
        description: "",
        ...json({
          type: "object",
          description: "Says all.",
          required: ["a"],
          additionalProperties: false,
          properties: {
            a: { type: "string", enum: ["x", "y"], examples: ["x"], description: "Either." },
            b: {
              type: "string",
              format: "date-time",
              pattern: "^2",
              minLength: 3,
              examples: ["2"],
            },
            c: { type: "object", additionalProperties: { type: "integer", description: "Many." } },
            d: { type: "array", maxItems: 1, items: { const: 1, title: "One" } },
            e: {
              oneOf: [
                { type: "string", title: "A" },
                { type: "integer", minimum: 0 },
              ],
            },
          },
        }),
      },
    }),
    {
      type: "object",
      description: "Says all.",
      properties: {
        a: { description: "Either.", examples: ["x", "y"] },
        b: { examples: ["2"] },
        c: { additionalProperties: { description: "Many." } },
        d: { items: { title: "One" } },
        e: { anyOf: [{ title: "A" }, {}] },
      },
    },
  ],
  [
    "an object with the items of a list",
    answer(
      {
        "200": {
          description: "",
          ...json({
            type: "array",
            description: "All of them.",
            minItems: 1,
            items: { $ref: "#/components/schemas/A" },
          }),
        },
      },
      { schemas: { A: object } },
    ),
    {
      type: "object",
      properties: { items: { description: "All of them.", items: { $ref: "#/$defs/A" } } },
      $defs: { A: { properties: { a: {} } } },
    },
  ],
  ["not of a text", answer({ "200": { description: "", ...json(string) } }), undefined],
  ["not of an answer without content", answer(ok), undefined],
  [
    "not where one of the successes has none",
    answer({ ...ok, "200": { description: "", ...json(object) } }),
    undefined,
  ],
];

describe("the output of a tool is", () => {
  test.each(outputs)("%s", async (_, members, expected) => {
    const [tool] = await toolsOf(members);
    expect(tool).toEqual(expect.objectContaining({ operationId: "readIt" }));
    expect(isJsonObject(tool) ? tool["outputSchema"] : null).toEqual(expected);
  });
});

test("a tool is named, described and marked by its operation", async () => {
  const paths = {
    "/a": {
      get: {
        operationId: "getHTTPThing2By",
        summary: "Get",
        description: "Gets.\n",
        responses: ok,
      },
      post: { operationId: "makeOne", summary: "Make", responses: ok },
    },
  };
  expect(await toolsOf({ paths })).toMatchObject([
    {
      operationId: "getHTTPThing2By",
      name: "get_httpthing2_by",
      title: "Get",
      description: "Gets.",
      isReadOnly: true,
    },
    { name: "make_one", title: "Make", description: "Make", isReadOnly: false },
  ]);
});
