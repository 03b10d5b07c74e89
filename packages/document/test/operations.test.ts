import { describe, expect, it } from "vitest";
import type { Operation } from "../src/index.ts";
import {
  createPathMatcher,
  isJsonMediaType,
  jsonContent,
  openDocument,
  readExamples,
  readProperties,
  responseFor,
  successResponses,
} from "../src/index.ts";

const document = openDocument({
  openapi: "3.1.0",
  security: [{ key: [] }],
  paths: {
    "/things/{id}": {
      parameters: [
        { $ref: "#/components/parameters/Id" },
        { name: "trace", in: "header", schema: {} },
      ],
      get: {
        operationId: "getThing",
        parameters: [{ name: "trace", in: "header", required: true, schema: { type: "string" } }],
        responses: {
          "200": { $ref: "#/components/responses/Thing" },
          "4xx": { description: "" },
          default: { description: "" },
          "x-note": { description: "not a response" },
        },
      },
      post: {
        security: [{ key: [], token: ["write"] }, {}],
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: { default: { description: "" } },
      },
    },
    "/things/latest": { $ref: "#/components/pathItems/Latest" },
    "x-paths": { get: {} },
  },
  components: {
    parameters: { Id: { name: "id", in: "path", required: true, schema: { type: "string" } } },
    pathItems: { Latest: { get: { operationId: "getLatest", responses: {} } } },
    responses: {
      Thing: {
        description: "",
        headers: { "Content-Type": { schema: {} }, ETag: { $ref: "#/components/headers/ETag" } },
        content: {
          "text/plain": {},
          "application/json": {
            schema: { $ref: "#/components/schemas/Thing" },
            example: 1,
            examples: { two: { $ref: "#/components/examples/Two" }, far: { externalValue: "x:y" } },
          },
        },
      },
    },
    headers: { ETag: { required: true, schema: { type: "string" } } },
    examples: { Two: { value: null } },
    schemas: {
      Base: { properties: { id: { type: "string" }, note: { type: "string" } } },
      Note: { type: "string", description: "of the target" },
      Thing: {
        allOf: [{ $ref: "#/components/schemas/Base" }],
        properties: { note: { $ref: "#/components/schemas/Note", description: "beside" } },
      },
    },
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      token: { type: "http", scheme: "Bearer" },
    },
  },
});

function schemeNames(operation: Operation | undefined): unknown {
  return operation?.security.map((alternative) =>
    alternative.map(({ name, scopes }) => [name, ...scopes]),
  );
}

describe("the operations of a document", () => {
  const [getThing, postThing, getLatest] = document.operations;

  it("are those of its paths, with ids", () => {
    expect(document.operations.map(({ id, method, path }) => [id, method, path])).toEqual([
      ["getThing", "GET", "/things/{id}"],
      ["POST /things/{id}", "POST", "/things/{id}"],
      ["getLatest", "GET", "/things/latest"],
    ]);
    expect(getLatest?.node.pointer).toBe("#/components/pathItems/Latest/get");
  });

  it("have the parameters of the path, unless they have one of that name and place", () => {
    expect(
      getThing?.parameters.map(({ name, in: place, isRequired }) => [name, place, isRequired]),
    ).toEqual([
      ["id", "path", true],
      ["trace", "header", true],
    ]);
    expect(getThing?.parameters[0]?.schemaPointer).toBe("#/components/parameters/Id/schema");
  });

  it("have the document's security unless they have their own", () => {
    expect(schemeNames(getThing)).toEqual([[["key"]]]);
    expect(schemeNames(postThing)).toEqual([[["key"], ["token", "write"]], []]);
    expect(postThing?.security[0]?.map(({ credential }) => credential)).toEqual([
      { type: "apiKey", in: "header", parameter: "X-Key", scheme: undefined },
      { type: "bearer", in: "header", parameter: "Authorization", scheme: "bearer" },
    ]);
  });

  it("have responses with their headers and media types", () => {
    const response = getThing?.responses[0];
    expect(getThing?.responses.map(({ status }) => status)).toEqual(["200", "4xx", "default"]);
    expect(response?.node.pointer).toBe("#/components/responses/Thing");
    expect(
      [...(response?.headers ?? [])].map(([name, { value }]) => [name, value["required"]]),
    ).toEqual([["ETag", true]]);
    const json = response && jsonContent(response);
    expect(json?.schemaPointer).toBe(
      "#/components/responses/Thing/content/application~1json/schema",
    );
    expect(json && readExamples(document, json)).toEqual([
      { name: "example", value: 1 },
      { name: "two", value: null },
    ]);
  });

  it.each([
    [200, "200"],
    [404, "4xx"],
    [500, "default"],
  ])("document %i by %s", (status, expected) => {
    expect(getThing && responseFor(getThing, status)?.status).toBe(expected);
  });

  it("count the default as a success where no 2xx is documented", () => {
    const statuses = [getThing, postThing].map(
      (operation) => operation && successResponses(operation).map(({ status }) => status),
    );
    expect(statuses).toEqual([["200"], ["default"]]);
  });

  it("are refused with a parameter that lacks a name or a known place", () => {
    const broken = openDocument({
      openapi: "3.1.0",
      paths: { "/a": { get: { parameters: [{ name: "a", in: "body" }] } } },
    });
    expect(() => broken.operations).toThrow("#/paths/~1a/get/parameters/0: the parameter needs");
  });
});

it("the operations of a path item are those beside its $ref, too", () => {
  const { operations } = openDocument({
    openapi: "3.1.0",
    paths: {
      "/a": { $ref: "#/components/pathItems/A", post: {}, put: { operationId: "near" } },
    },
    components: { pathItems: { A: { get: {}, put: { operationId: "far" } } } },
  });
  expect(operations.map(({ id }) => id)).toEqual(["GET /a", "near", "POST /a"]);
});

it("names that begin with x- are names where the author chooses them: headers, components", () => {
  const opened = openDocument({
    openapi: "3.1.0",
    paths: { "/a": { get: { responses: { "200": { headers: { "x-request-id": {} } } } } } },
    components: { schemas: { "x-a": {} }, parameters: { "x-b": {} }, "x-c": { d: {} } },
  });
  const headers = opened.operations[0]?.responses[0]?.headers.keys();
  expect([...(headers ?? [])]).toEqual(["x-request-id"]);
  const pointers = [...opened.walk()].map(({ pointer }) => pointer);
  expect(pointers).toEqual(
    expect.arrayContaining(["#/components/schemas/x-a", "#/components/parameters/x-b"]),
  );
  expect(pointers).not.toContain("#/components/x-c/d");
});

it("a scope that is not a text is not one", () => {
  const security = [{ key: [{ toString: 1 }, "read"] }];
  const opened = openDocument({ openapi: "3.1.0", paths: { "/a": { get: { security } } } });
  expect(schemeNames(opened.operations[0])).toEqual([[["key", "read"]]]);
});

const part = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });

it("the properties of a schema end where its parts go in circles, or multiply", () => {
  const steps = Array.from({ length: 60 }, (_, index): [string, unknown] => [
    `S${index}`,
    { allOf: [part(`S${index + 1}`), part(`S${index + 1}`), part("S0")] },
  ]);
  const schemas = { ...Object.fromEntries(steps), S60: { properties: { a: {} } } };
  const opened = openDocument({ openapi: "3.1.0", components: { schemas } });
  const pointer = "#/components/schemas/S0";
  const start = { pointer, value: { $ref: pointer } };
  expect([...readProperties(opened, start).keys()]).toEqual(["a"]);
});

it("the properties of a schema are those of its parts, with what stands beside references", () => {
  const pointer = "#/components/schemas/Thing";
  const properties = readProperties(document, { pointer, value: { $ref: pointer } });
  expect([...properties].map(([name, { value }]) => [name, value])).toEqual([
    ["id", { type: "string" }],
    ["note", { type: "string", description: "beside" }],
  ]);
});

describe("the path of a request", () => {
  const templates = [
    "/a/{x}/{y}",
    "/a/{x}/fixed",
    "/a/b/c",
    "/a/{x}.json",
    "/p(1)/{x}",
    "/v/{long_name}",
    "/v/{x}:cancel",
    "/v/{x}{y}/z",
    "/v/{x}:{y}/z",
    "/{}",
    "/café au lait",
  ];
  const match = createPathMatcher(templates.map((path) => ({ path })));
  it.each([
    ["/a/b/c", "/a/b/c", {}],
    ["/a/1/fixed", "/a/{x}/fixed", { x: "1" }],
    ["/a/1/2", "/a/{x}/{y}", { x: "1", y: "2" }],
    ["/a/%2F/%C3%BC", "/a/{x}/{y}", { x: "/", y: "ü" }],
    ["/a/report.json", "/a/{x}.json", { x: "report" }],
    ["/p(1)/2", "/p(1)/{x}", { x: "2" }],
    ["/v/7", "/v/{long_name}", { long_name: "7" }],
    ["/v/7:cancel", "/v/{x}:cancel", { x: "7" }],
    ["/v/abc/z", "/v/{x}{y}/z", { x: "ab", y: "c" }],
    ["/v/a:b:c/z", "/v/{x}:{y}/z", { x: "a:b", y: "c" }],
    ["/{}", "/{}", {}],
    ["/caf%C3%A9%20au%20lait", "/café au lait", {}],
  ])("%s means %s", (path, template, parameters) => {
    const places = [{ path: template }];
    expect(match(path)).toEqual({ template, places, parameters, isDecodable: true });
  });

  it.each(["/a", "/a//c", "/a/1/2/3", "/x/a/b/c", "/p1/2", "/a/.json", "/v/a/z"])(
    "%s means nothing",
    (path) => {
      expect(match(path)).toBeUndefined();
    },
  );

  it.each([
    ["/{a}{b}{c}{d}", `/${"x".repeat(50_000)}/`],
    ["/{a}-{b}-{c}-{d}.json", `/${"-".repeat(50_000)}`],
    ["/{a}/{b}/{c}/x", "/a".repeat(50_000)],
  ])("is compared with %s in linear time", (template, path) => {
    const start = performance.now();
    const matchOne = createPathMatcher([{ path: template }]);
    expect(matchOne(path)).toBeUndefined();
    expect(matchOne(path, { isPrefixed: true })).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("may have the prefix of a proxy", () => {
    expect(match("/api/v1/a/b/c", { isPrefixed: true })?.template).toBe("/a/b/c");
  });

  it("keeps what cannot be decoded", () => {
    expect(match("/a/%zz/2")).toMatchObject({
      parameters: { x: "%zz" },
      isDecodable: false,
    });
  });

  it("has the operations of its template", () => {
    const matchDocument = createPathMatcher(document.operations);
    const idsAt = (path: string): readonly string[] | undefined =>
      matchDocument(path)?.places.map(({ id }) => id);
    expect(idsAt("/things/7")).toContain("POST /things/{id}");
    expect(idsAt("/things/latest")).toEqual(["getLatest"]);
  });
});

describe("a JSON media type", () => {
  it.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    "text/json",
    "application/problem+json",
    "application/vnd.api.v1+json;x=y",
  ])("is %s", (mediaType) => expect(isJsonMediaType(mediaType)).toBe(true));

  it.each([
    "application/json-seq",
    "application/x-ndjson",
    "application/jsonlines",
    "application/geo+json-seq",
    "text/plain",
    "+json",
    "*/*",
    "application/xml; note=+json",
  ])("is not %s", (mediaType) => expect(isJsonMediaType(mediaType)).toBe(false));
});
