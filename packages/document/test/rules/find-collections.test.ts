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
  readonly listInvariants?: readonly unknown[];
  readonly properties?: readonly string[];
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

function collectionsOf(shape: Shape): readonly unknown[] {
  const { itemPath, listPath, list, invariants, listInvariants, properties = ["id"] } = shape;
  const text = { type: "string" };
  const document = openDocument({
    openapi: "3.1.1",
    paths: {
      [listPath ?? "/teams/{team}/jobs"]: get("listJobs", list, {
        "x-invariants": listInvariants,
      }),
      [itemPath ?? "/teams/{team}/jobs/{id}"]: get("getJob", job, { "x-invariants": invariants }),
    },
    components: {
      schemas: {
        Job: {
          type: "object",
          properties: {
            status: text,
            tags: { type: "array" },
            ...Object.fromEntries(properties.map((name) => [name, text])),
          },
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

function unique(...names: readonly string[]): readonly unknown[] {
  return names.map((name) => {
    const rule = `isUnique(self, "${name}")`;
    return { id: `once-${name}`, rule, message: "Twice.", severity: "error" };
  });
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

  it("is no map of its items", () => {
    expect(collectionsOf({ list: { type: "object", additionalProperties: job } })).toEqual([]);
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

  const ofJobs = { type: "array", items: job };
  it.each<readonly [string, Omit<Shape, "list">, string | undefined]>([
    ["{job}", { properties: ["id", "job"] }, "job"],
    ["{job}", { properties: ["id", "no"] }, "id"],
    ["{jobId}", { properties: ["id", "no"] }, "id"],
    ["{job_id}", { properties: ["id", "no"] }, "id"],
    ["{job}", { properties: ["no"] }, undefined],
    ["{jobId}", { properties: ["jobID", "no"] }, "jobID"],
    ["{id}", { properties: ["job_id", "teamId"] }, "job_id"],
    ["{syncJobId}", { properties: ["jobId", "teamId"] }, "jobId"],
    ["{syncJobId}", { properties: ["jobId", "id"] }, "id"],
    ["{syncJobId}", { properties: ["syncId", "teamId"] }, undefined],
    ["{jobId}", { properties: ["job", "team"] }, undefined],
    ["{job}", { properties: ["jobId", "no"], listInvariants: unique("no") }, undefined],
    ["{paid}", { properties: ["id"] }, undefined],
    ["{tags}", { properties: ["no"] }, undefined],
    ["{job}", { properties: ["no"], listInvariants: unique("no") }, "no"],
    ["{job}", { properties: ["no", "mail"], listInvariants: unique("no", "mail") }, undefined],
    ["{job}", { properties: ["id", "no"], listInvariants: unique("no") }, undefined],
    ["{job}", { properties: ["id", "no"], listInvariants: unique("no", "id") }, "id"],
  ])("behind %s has items with %o, told apart by %s", (parameter, shape, idProperty) => {
    const itemPath = `/teams/{team}/jobs/${parameter}`;
    const idParameter = parameter.slice(1, -1);
    expect(collectionsOf({ itemPath, list: ofJobs, ...shape })).toEqual([
      { ...found, idParameter, idProperty },
    ]);
  });

  it("has items of an entry of several words, told apart by the last of them", () => {
    const shape = { listPath: "/sync-logs", itemPath: "/sync-logs/{id}", list: ofJobs };
    const expected = [{ ...found, idParameter: "id", idProperty: "logId" }];
    expect(collectionsOf({ ...shape, properties: ["logId", "jobId"] })).toEqual(expected);
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
