import { describe, expect, it } from "vitest";
import { openDocument } from "../../src/open-document.ts";
import { collectRules } from "../../src/rules/collect-rules.ts";
import { findCollections } from "../../src/rules/find-collections.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

interface Shape {
  readonly itemPath?: string;
  readonly listPath?: string;
  readonly list: unknown;
  readonly invariants?: readonly unknown[];
}

const job = { $ref: "#/components/schemas/Job" };

function get(operationId: string, schema: unknown, more: object = {}): unknown {
  return {
    get: {
      operationId,
      responses: {
        "200": { description: "", content: { "application/json": { schema } }, ...more },
      },
    },
  };
}

function collectionsOf({ itemPath, listPath, list, invariants }: Shape): readonly unknown[] {
  const document = openDocument({
    openapi: "3.1.1",
    paths: {
      [listPath ?? "/teams/{team}/jobs"]: get("listJobs", list),
      [itemPath ?? "/teams/{team}/jobs/{id}"]: get("getJob", job, { "x-invariants": invariants }),
    },
    components: {
      schemas: {
        Job: {
          type: "object",
          properties: { status: { type: "string" } },
          "x-lifecycle": syncLifecycle,
        },
        Other: { type: "object", "x-lifecycle": syncLifecycle },
      },
    },
  });
  return findCollections(document, collectRules(document)).map((found) => ({
    ...found,
    list: found.list.id,
    item: found.item.id,
  }));
}

const found = {
  list: "listJobs",
  item: "getJob",
  listPath: [],
  idParameter: "id",
  idProperty: "id",
};

describe("the collection of a resource", () => {
  it("is the list at its path without the last parameter", () => {
    expect(collectionsOf({ list: { type: "array", items: job } })).toEqual([found]);
  });

  it("may wrap its list", () => {
    const list = { properties: { data: { properties: { jobs: { type: "array", items: job } } } } };
    expect(collectionsOf({ list })).toEqual([{ ...found, listPath: ["data", "jobs"] }]);
  });

  it("names the property that the resource's own rule compares with its last parameter", () => {
    const invariants = [
      {
        id: "asked",
        rule: "request.path.jobId == self.key",
        message: "Another.",
        severity: "error",
      },
    ];
    const itemPath = "/teams/{team}/jobs/{jobId}";
    expect(collectionsOf({ itemPath, list: { type: "array", items: job }, invariants })).toEqual([
      { ...found, idParameter: "jobId", idProperty: "key" },
    ]);
  });

  it.each<readonly [string, Shape]>([
    ["another path", { listPath: "/jobs", list: { type: "array", items: job } }],
    [
      "an item that ends in no parameter",
      { itemPath: "/teams/{team}/jobs/last", list: { type: "array", items: job } },
    ],
    [
      "items with another lifecycle",
      { list: { type: "array", items: { $ref: "#/components/schemas/Other" } } },
    ],
    ["one resource instead of a list", { list: job }],
    ["lists of lists", { list: { type: "array", items: { type: "array", items: job } } }],
  ])("is not found with %s", (_, shape) => {
    expect(collectionsOf(shape)).toEqual([]);
  });
});
