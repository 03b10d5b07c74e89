import { expect, test } from "vitest";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { createMock } from "../../src/index.ts";

// A document is edited here by name, as an author does it in an editor.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = Record<string, any>;

/** The document after an edit, as an author would make it. */
function edited(edit: (document: Json, schema: Json, examples: Json) => void): object {
  const document: Json = JSON.parse(JSON.stringify(openapiDocument));
  const path = document["paths"]["/workspaces/{workspaceId}/sync-logs/{id}"];
  const examples = path.get.responses["200"].content["application/json"].examples;
  edit(document, document["components"].schemas.SyncLog, examples);
  return document;
}

async function statusesOf(spec: object, ending: string): Promise<Json[]> {
  const mock = await createMock({ spec, scenarios: [] });
  const sync = mock.sync().follow(ending);
  const bodies: Json[] = [];
  while (bodies.at(-1)?.["status"] !== ending) {
    const response = await mock.fetch(sync.path, { headers: { "X-API-Key": "q_sk_test" } });
    const body: Json = JSON.parse(await response.text());
    bodies.push(body);
  }
  return bodies;
}

test("plays a status that was added to the document, with an example of its own or without", async () => {
  for (const hasExample of [true, false]) {
    const spec = edited((document, schema, examples) => {
      document["components"].schemas.SyncLogStatus.enum.push("indexing");
      schema["x-lifecycle"].order.splice(4, 0, "indexing");
      if (hasExample) {
        const value = { ...examples.ingesting.value, status: "indexing", recordsIngested: 1800 };
        examples.indexing = { summary: "All records are in", value };
      }
    });
    const bodies = await statusesOf(spec, "completed");
    expect(bodies.map(({ status }) => status)).toContain("indexing");
    const indexing = bodies.filter(({ status }) => status === "indexing");
    expect(indexing.at(-1)?.["recordsIngested"]).toBe(hasExample ? 1800 : 1350);
  }
});

test("plays an ending that was added to the document", async () => {
  const spec = edited((document, schema, examples) => {
    document["components"].schemas.SyncLogStatus.enum.push("expired");
    schema["x-lifecycle"].terminal.expired = "failure";
    examples.expired = {
      summary: "Took too long",
      value: { ...examples.stopped.value, status: "expired" },
    };
  });
  const bodies = await statusesOf(spec, "expired");
  expect(bodies.at(-1)).toMatchObject({ status: "expired", completedAt: expect.any(String) });
  const mock = await createMock({ spec, scenarios: ["expired", "at-expired"] });
  expect(mock.requests).toEqual([]);
});

test("serves a field that was added to the schema alone, required or not", async () => {
  const spec = edited((_, schema) => {
    schema["properties"].region = { type: "string", description: "Region.", examples: ["eu-west"] };
    schema["properties"].tier = { type: "string", description: "Tier.", examples: ["gold"] };
    schema["required"].push("region");
  });
  for (const body of await statusesOf(spec, "completed")) {
    expect(body).toMatchObject({ region: "eu-west", tier: "gold" });
  }
});

test("serves a field that was added to the examples, its dates and ids made to fit", async () => {
  const spec = edited((_, schema, examples) => {
    schema["properties"].indexedAt = { type: ["string", "null"], format: "date-time" };
    schema["properties"].batchId = { type: "string" };
    for (const [name, example] of Object.entries<Json>(examples)) {
      example["value"].indexedAt = name === "completed" ? "2021-01-01T00:09:59.000Z" : null;
      example["value"].batchId = "batch_123e4567-e89b-12d3-a456-426614174000";
    }
  });
  const bodies = await statusesOf(spec, "completed");
  const [first] = bodies;
  const last = bodies.at(-1);
  expect(first).toMatchObject({
    indexedAt: null,
    batchId: expect.stringMatching(/^batch_[0-9a-f-]{36}$/),
  });
  expect(first?.["batchId"]).not.toBe("batch_123e4567-e89b-12d3-a456-426614174000");
  expect(last?.["batchId"]).toBe(first?.["batchId"]);
  expect(last?.["indexedAt"]).toBe(last?.["completedAt"]);
});

test("checks an invariant that was added to the document", async () => {
  const spec = edited((_, schema) => {
    schema["x-invariants"].push({
      id: "small-only",
      rule: "!has(self.totalRecordsToIngest) || self.totalRecordsToIngest == null || self.totalRecordsToIngest <= 5000",
      message: "Too many records.",
      severity: "error",
    });
  });
  const mock = await createMock({ spec, scenarios: [] });
  expect(() => mock.sync().follow("completed", { totalRecords: 5001 })).toThrow("[small-only]");
});

test("sends no field that is only written, though schema and examples have one", async () => {
  const spec = edited((_, schema, examples) => {
    schema.properties.password = { type: "string", writeOnly: true, examples: ["secret"] };
    examples.completed.value.password = "secret";
  });
  const bodies = await statusesOf(spec, "completed");
  expect(bodies.filter((body) => "password" in body)).toEqual([]);
});

test("plays the operation that reads one, though one that starts one comes first", async () => {
  const spec = edited((document) => {
    const { paths } = document;
    const { 200: response } = paths["/workspaces/{workspaceId}/sync-logs/{id}"].get.responses;
    const { schema } = response.content["application/json"];
    const created = { description: "Started.", content: { "application/json": { schema } } };
    const parameters = [
      { name: "workspaceId", in: "path", required: true, schema: { type: "string" } },
    ];
    const post = { operationId: "startSync", parameters, responses: { "201": created } };
    document["paths"] = { "/workspaces/{workspaceId}/sync-logs": { post }, ...paths };
  });
  const bodies = await statusesOf(spec, "completed");
  expect(bodies.at(0)?.["status"]).toBe("pending");
});
