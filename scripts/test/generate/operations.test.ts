import { describe, expect, test } from "vitest";
import { documentWith, importModule, planDocument, warningsOf } from "./support/plan-document.ts";

const ok = { "200": { description: "OK" } };

async function operationTable(document: Record<string, unknown>): Promise<unknown> {
  const { operationTable: table } = await importModule(await planDocument(document), "index.ts");
  return table;
}

describe("the table of operations", () => {
  test("has what a client needs to send each request", async () => {
    const table = await operationTable(
      documentWith({
        paths: {
          "/things/{id}": {
            parameters: [
              { name: "id", in: "path", required: true, schema: { type: "string" } },
              { name: "lang", in: "query", schema: { type: "string" } },
            ],
            put: {
              operationId: "putThing",
              parameters: [
                { $ref: "#/components/parameters/Tags" },
                { name: "lang", in: "query", required: true, schema: { type: "string" } },
              ],
              requestBody: { $ref: "#/components/requestBodies/Thing" },
              responses: {
                "201": { description: "" },
                "2XX": { description: "" },
                "404": { description: "" },
              },
            },
            delete: { operationId: "deleteThing", responses: { default: { description: "" } } },
          },
        },
        components: {
          parameters: {
            Tags: { name: "tags", in: "query", style: "pipeDelimited", schema: { type: "array" } },
          },
          requestBodies: {
            Thing: { required: true, content: { "application/json": {}, "text/plain": {} } },
          },
        },
      }),
    );
    const id = { name: "id", in: "path", required: true, style: "simple", explode: false };
    expect(table).toEqual({
      putThing: {
        operationId: "putThing",
        method: "PUT",
        path: "/things/{id}",
        parameters: [
          id,
          { name: "lang", in: "query", required: true, style: "form", explode: true },
          { name: "tags", in: "query", required: false, style: "pipeDelimited", explode: false },
        ],
        requestBody: { required: true, mediaTypes: ["application/json", "text/plain"] },
        successStatuses: [201, "2XX"],
        security: [],
      },
      deleteThing: {
        operationId: "deleteThing",
        method: "DELETE",
        path: "/things/{id}",
        parameters: [
          id,
          { name: "lang", in: "query", required: false, style: "form", explode: true },
        ],
        requestBody: null,
        successStatuses: ["default"],
        security: [],
      },
    });
  });

  test("has the alternatives of security, the document's where the operation has none", async () => {
    const document = documentWith({
      security: [{ key: [], secret: [] }, { token: ["read"] }],
      paths: {
        "/a": { get: { operationId: "inherits", responses: ok } },
        "/b": { get: { operationId: "open", security: [], responses: ok } },
        "/c": { get: { operationId: "undefined", security: [{ nope: [] }], responses: ok } },
      },
      components: {
        securitySchemes: {
          key: { type: "apiKey", in: "header", name: "X-Key", description: "Left out." },
          secret: { type: "apiKey", in: "query", name: "secret" },
          token: { type: "http", scheme: "bearer" },
          other: { $ref: "#/components/securitySchemes/token" },
        },
      },
    });
    const plan = await planDocument(document);
    const { operationTable: table, securitySchemes } = await importModule(plan, "index.ts");
    expect(table).toMatchObject({
      inherits: { security: [["key", "secret"], ["token"]] },
      open: { security: [] },
      undefined: { security: [["nope"]] },
    });
    expect(securitySchemes).toEqual({
      key: { type: "apiKey", in: "header", name: "X-Key" },
      secret: { type: "apiKey", in: "query", name: "secret" },
      token: { type: "http", scheme: "bearer" },
      other: { type: "http", scheme: "bearer" },
    });
    expect(warningsOf(plan)).toEqual(["security-scheme #/paths/~1c/get"]);
  });

  test("names an operation without operationId, and says so", async () => {
    const plan = await planDocument(
      documentWith({ paths: { "/things/all": { get: { responses: ok } } } }),
    );
    const { operationTable: table } = await importModule(plan, "index.ts");
    expect(table).toMatchObject({ getThingsAll: { method: "GET", path: "/things/all" } });
    expect(warningsOf(plan)).toEqual(["operation-id #/paths/~1things~1all/get"]);
  });
});
