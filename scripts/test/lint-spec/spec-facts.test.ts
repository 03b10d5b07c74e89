import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/*
 * What is known of the endpoint, apart from the spec: a change of the spec that does not follow from new knowledge fails here.
 * Each row: wire name, type, description, example, whether something about it is assumed, and what.
 */
const instant = "2021-01-01T00:00:00.000Z";
const uuid = "123e4567-e89b-12d3-a456-426614174000";
type Row = readonly [
  name: string,
  type: string,
  description: RegExp,
  example: unknown,
  assumed?: RegExp,
];
const properties: readonly Row[] = [
  ["id", "SyncLogId", /Unique identifier for the sync log/, `sync_${uuid}`],
  [
    "ingestionPipelineId",
    "IngestionPipelineId",
    /pipeline this sync log belongs to/,
    `pipe_${uuid}`,
  ],
  [
    "knowledgeGraphId",
    "KnowledgeGraphId",
    /knowledge graph this sync log relates to/,
    `kg_${uuid}`,
  ],
  ["workspaceId", "WorkspaceId", /workspace this sync log belongs to/, `ws_${uuid}`],
  ["type", "SyncLogType", /Type of sync operation/, "full_sync", /Always present/],
  ["status", "SyncLogStatus", /Status of the sync operation/, "completed", /Always present/],
  ["startedAt", "date-time?", /When the sync operation started/, instant, /null/],
  ["completedAt", "date-time?", /When the sync operation completed/, instant, /null/],
  [
    "errorMessage",
    "string?",
    /Error message if the sync operation failed/,
    "Failed to connect to data source",
    /null/,
  ],
  [
    "userFacingErrorMessage",
    "string?",
    /User-facing error message shown in the UI when a sync fails due to a permanent issue/,
    "This website is not supported and cannot be synced.",
    /wire name/,
  ],
  ["workflowId", "string?", /Temporal workflow ID for this sync/, `sync-sync_${uuid}`, /wire name/],
  [
    "workflowRunId",
    "string?",
    /Temporal workflow run ID for this sync/,
    `run_${uuid}`,
    /wire name/,
  ],
  [
    "preparationMetadata",
    "object?",
    /Preparation metadata including record type counts/,
    { contacts: 1000, deals: 500, companies: 300 },
    /Any record type may occur/,
  ],
  [
    "totalRecordsToIngest",
    "integer?",
    /Total number of records that need to be ingested/,
    1800,
    /0 or more/,
  ],
  ["recordsIngested", "integer?", /Number of records successfully ingested/, 450, /0 or more/],
  [
    "preparationCompletedAt",
    "date-time?",
    /When the preparation step was completed/,
    instant,
    /null/,
  ],
  ["minDate", "date-time?", /only records changed after this date are synced/, instant, /null/],
  [
    "manualSyncData",
    "object?",
    /Data for manual sync/,
    { manualSyncData: "manual_sync_data" },
    /any shape/,
  ],
  ["correlationId", "string?", /W3C trace-id/, "4fd0b6c2a4d1e0f8a2b9c3d4e5f60718", /pattern/],
  ["createdAt", "date-time", /When the sync log was created/, instant, /Always present/],
  ["updatedAt", "date-time", /When the sync log was last updated/, instant, /Always present/],
];

const specs = new URL("../../../specs/", import.meta.url);
const spec = parse(readFileSync(new URL("openapi.yaml", specs), "utf8"));
const { schemas, responses, securitySchemes } = spec.components;
const operation = spec.paths["/workspaces/{workspaceId}/sync-logs/{id}"].get;
const list = spec.paths["/workspaces/{workspaceId}/sync-logs"].get;

function typeOf(schema: { $ref?: string; type?: string | string[]; format?: string }): string {
  if (schema.$ref !== undefined) return schema.$ref.replace("#/components/schemas/", "");
  const types = [schema.type].flat();
  const known = types.filter((type) => type !== "null");
  return `${schema.format ?? known.join("|")}${types.includes("null") ? "?" : ""}`;
}

describe("the sync log of the spec", () => {
  it("has the documented properties in the documented order", () => {
    expect(Object.keys(schemas.SyncLog.properties)).toEqual(properties.map(([name]) => name));
  });

  it("requires what is always present", () => {
    const always = [
      "id",
      "ingestionPipelineId",
      "knowledgeGraphId",
      "workspaceId",
      "type",
      "status",
    ];
    expect(schemas.SyncLog.required).toEqual([...always, "createdAt", "updatedAt"]);
  });

  for (const [name, type, description, example, assumed] of properties) {
    it(`${name} is a ${type}`, () => {
      const property = schemas.SyncLog.properties[name];
      expect(typeOf(property)).toBe(type);
      expect(property.description).toMatch(description);
      expect(property.examples).toEqual([example]);
      expect(property["x-assumption"] ?? "").toMatch(assumed ?? /^$/);
    });
  }

  it("is the documentation's catalogue in the example of that name, in the same order", () => {
    const text = readFileSync(new URL("examples/documentation.json", specs), "utf8");
    const catalogue = Object.fromEntries(properties.map(([name, , , example]) => [name, example]));
    expect(JSON.parse(text)).toEqual(catalogue);
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(catalogue));
  });

  it("lets the server add fields", () => {
    expect(schemas.SyncLog.additionalProperties ?? true).toBe(true);
  });
});

describe("the values of the spec", () => {
  it.each([
    ["SyncLogType", ["full_sync", "live_sync", "incremental_sync", "manual_sync"]],
    [
      "SyncLogStatus",
      [
        "pending",
        "preparing",
        "data_fetching",
        "ingesting",
        "completed",
        "failed",
        "stopped",
        "skipped",
      ],
    ],
  ])("%s is documented", (name, values) => {
    expect(schemas[name].enum).toEqual(values);
    expect(schemas[name]["x-provenance"]).toBe("documented");
  });

  it.each([
    ["WorkspaceId", "ws_"],
    ["SyncLogId", "sync_"],
    ["IngestionPipelineId", "pipe_"],
    ["KnowledgeGraphId", "kg_"],
  ])("%s is %s and a UUID, as in the example", (name, prefix) => {
    const pattern = new RegExp(schemas[name].pattern);
    expect(`${prefix}${uuid}`).toMatch(pattern);
    for (const wrong of [
      uuid,
      `x${prefix}${uuid}`,
      `${prefix}${uuid}0`,
      `${prefix}${uuid.toUpperCase()}`,
    ]) {
      expect(wrong).not.toMatch(pattern);
    }
    expect(schemas[name]["x-assumption"]).toMatch(/pattern/);
  });

  it("counts cannot be negative", () => {
    const { totalRecordsToIngest, recordsIngested, preparationMetadata } =
      schemas.SyncLog.properties;
    const counts = [
      totalRecordsToIngest,
      recordsIngested,
      preparationMetadata.additionalProperties,
    ];
    expect(counts.map(({ minimum }) => minimum)).toEqual([0, 0, 0]);
  });
});

describe("the operation of the spec", () => {
  it("has no neighbour but the list, on the documented server", () => {
    expect(Object.keys(spec.paths)).toHaveLength(2);
    expect(spec.servers).toMatchObject([{ url: "https://api.qontext.ai" }]);
    expect(operation).toMatchObject({ operationId: "getSyncLog", summary: "Get sync log by ID" });
  });

  it("needs the key in the documented header", () => {
    expect(securitySchemes.apiKey).toMatchObject({
      type: "apiKey",
      in: "header",
      name: "X-API-Key",
    });
    expect(spec.security).toEqual([{ apiKey: [] }]);
  });

  it("takes the two path parameters, with the documented examples", () => {
    expect(operation.parameters).toMatchObject([
      { name: "workspaceId", in: "path", required: true, example: `ws_${uuid}` },
      {
        name: "id",
        in: "path",
        required: true,
        example: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
      },
    ]);
  });

  it.each([
    ["BadRequest", "400", /verify the correctness of the parameters/i, /400 or with 404/],
    ["Unauthorized", "401", /the API key was not provided/i, /not known/],
    ["NotFound", "404", /the requested resource could not be located/i, /another workspace/],
    ["TooManyRequests", "429", /too many requests/i, /does not mention rate limits/],
    ["ServerError", "5XX", /server error/i, undefined],
  ])("answers with %s, %s", (name, status, description, assumed) => {
    expect(operation.responses[status]).toEqual({ $ref: `#/components/responses/${name}` });
    expect(responses[name].description).toMatch(description);
    expect(responses[name]["x-assumption"] ?? "").toMatch(assumed ?? /^$/);
  });

  it("assumes the body of an error, and when to come back", () => {
    expect(schemas.ApiError.required).toEqual(["statusCode", "message"]);
    expect(schemas.ApiError["x-assumption"]).toMatch(/NestJS/);
    expect(responses.TooManyRequests.headers).toHaveProperty("Retry-After");
    expect(spec.components.headers.RetryAfter["x-assumption"]).toBeDefined();
  });

  it("documents nothing else", () => {
    expect(Object.keys(operation.responses)).toEqual(["200", "400", "401", "404", "429", "5XX"]);
  });
});

describe("the list of the spec", () => {
  it("takes the workspace alone", () => {
    expect(list).toMatchObject({ operationId: "listSyncLogs", summary: "Get all sync logs" });
    expect(list.parameters).toEqual(operation.parameters.slice(0, 1));
  });

  it("answers with a whole array of the single sync log, in an order that nobody promises", () => {
    const { description, content } = list.responses["200"];
    expect(description).toBe("Sync logs successfully fetched");
    const { schema } = content["application/json"];
    expect(schema).toMatchObject({
      type: "array",
      items: { $ref: "#/components/schemas/SyncLog" },
      "x-assumption": expect.stringMatching(/whole list.*no paging.*none is promised/s),
    });
  });

  it("assumes the errors of the single sync log, with a text for the workspace", () => {
    expect(list["x-assumption"]).toMatch(/errors are those of the single sync log/);
    expect(Object.keys(list.responses)).toEqual(Object.keys(operation.responses));
    for (const name of ["BadWorkspaceId", "WorkspaceNotFound"]) {
      expect(responses[name]["x-assumption"]).toBeDefined();
    }
  });
});

it("the lifecycle of the spec is the assumed one", () => {
  expect(schemas.SyncLog["x-lifecycle"]).toEqual({
    property: "status",
    initial: "pending",
    order: ["pending", "preparing", "data_fetching", "ingesting", "completed"],
    terminal: {
      completed: "success",
      failed: "failure",
      stopped: "cancelled",
      skipped: "nothing-done",
    },
    "x-assumption": expect.any(String),
  });
});
