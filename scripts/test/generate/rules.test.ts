import { describe, expect, test } from "vitest";
import {
  documentWith,
  documentWithSchemas,
  getOperation,
  importModule,
  planDocument,
  warningsOf,
} from "./support/plan-document.ts";

const invariant = { id: "a", rule: "self.x", message: "No x.", severity: "error" };
const lifecycle = {
  property: "status",
  initial: "new",
  order: ["new", "done"],
  terminal: { done: "success" },
};

describe("the rules of a document", () => {
  test("are about schemas and about the responses of each operation", async () => {
    const responses = { "404": { $ref: "#/components/responses/Missing" } };
    const plan = await planDocument(
      documentWith({
        paths: {
          ...getOperation("first", { type: "string" }, { responses }),
          ...getOperation("second", { type: "string" }, { responses }),
        },
        components: {
          schemas: { Thing: { type: "object", "x-invariants": [invariant] } },
          responses: {
            Missing: {
              description: "",
              "x-invariants": [{ ...invariant, id: "b", "x-provenance": "documented" }],
            },
          },
        },
      }),
    );
    const { invariants } = await importModule(plan, "index.ts");
    const b = { ...invariant, id: "b" };
    expect(invariants).toEqual([
      { ...invariant, target: { schema: "Thing" } },
      { ...b, target: { operationId: "first", status: "404" } },
      { ...b, target: { operationId: "second", status: "404" } },
    ]);
  });

  test("name a lifecycle after its schema", async () => {
    const plan = await planDocument(
      documentWithSchemas({
        "sync-log": {
          type: "object",
          "x-lifecycle": { ...lifecycle, "x-assumption": "Nobody knows." },
        },
      }),
    );
    expect(await importModule(plan, "index.ts")).toMatchObject({
      syncLogLifecycle: { schema: "sync-log", ...lifecycle },
    });
  });

  test("of a document without any are an empty list of invariants", async () => {
    const plan = await planDocument(documentWithSchemas({ Thing: { type: "object" } }));
    const exports = await importModule(plan, "index.ts");
    expect(exports["invariants"]).toEqual([]);
    expect(Object.keys(exports).filter((name) => name.endsWith("Lifecycle"))).toEqual([]);
  });

  test("are reported where nothing can name what they are about", async () => {
    const inner = { type: "object", "x-invariants": [invariant], "x-lifecycle": lifecycle };
    const plan = await planDocument(
      documentWithSchemas({ Thing: { type: "object", properties: { inner } } }),
    );
    const pointer = "#/components/schemas/Thing/properties/inner";
    expect(warningsOf(plan)).toEqual([`extension-place ${pointer}`, `extension-place ${pointer}`]);
  });

  test.each([
    ["x-invariants", { ...invariant, severity: "bad" }],
    ["x-invariants", [{ ...invariant, severity: "bad" }]],
    ["x-invariants", [{ ...invariant, rule: 1 }]],
    ["x-lifecycle", { ...lifecycle, order: "new" }],
    ["x-lifecycle", { ...lifecycle, terminal: { done: 1 } }],
    ["x-lifecycle", null],
  ])("with another shape of %s stop the generation", async (extension, value) => {
    const document = documentWithSchemas({ Thing: { type: "object", [extension]: value } });
    await expect(planDocument(document)).rejects.toThrow(
      new RegExp(`invalid_extension: .*#/components/schemas/Thing/${extension}`),
    );
  });
});
