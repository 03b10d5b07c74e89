import { expect, test } from "vitest";
import { BodyError, ScenarioError, createMock } from "../../src/index.ts";
import type { JsonObject } from "../../src/index.ts";
import { judge } from "../judge.ts";

const broken: readonly [rule: string, status: string, fields: JsonObject][] = [
  ["ingested-within-total", "ingesting", { recordsIngested: 1801 }],
  ["prepared-after-start", "ingesting", { preparationCompletedAt: "2000-01-01T00:00:00.000Z" }],
  ["completed-after-start", "completed", { completedAt: "2000-01-01T00:00:00.000Z" }],
  ["updated-after-creation", "pending", { updatedAt: "2000-01-01T00:00:00.000Z" }],
  ["completed-has-completed-at", "completed", { completedAt: null }],
  ["running-has-no-completed-at", "ingesting", { completedAt: "2030-01-01T00:00:00.000Z" }],
  ["failed-has-error-message", "failed", { errorMessage: null }],
  ["completed-has-no-error", "completed", { errorMessage: "no" }],
  ["id-matches-path", "pending", { id: "sync_00000000-0000-4000-8000-000000000000" }],
  ["workspace-matches-path", "pending", { workspaceId: "ws_00000000-0000-4000-8000-000000000000" }],
  ["schema", "ingesting", { recordsIngested: -1 }],
  ["schema", "ingesting", { recordsIngested: "many" }],
  ["schema", "unheard_of", {}],
];

test.each(broken)(
  "names %s if at(%s) would break it, and sends the body if it is unchecked",
  async (rule, status, fields) => {
    const mock = await createMock({ scenarios: [] });
    const sync = mock.sync();
    const attempt = (): unknown => sync.at(status, fields);
    expect(attempt).toThrow(BodyError);
    expect(attempt).toThrow(`[${rule}]`);
    expect(sync.status).toBe("pending");
    sync.at(status, fields, { unchecked: true });
    const response = await mock.fetch(sync.path, { headers: { "X-API-Key": "q_sk_test" } });
    const body: unknown = await response.json();
    expect(body).toMatchObject({ ...fields, status });
    // The tests' own judge, which has the schema package's validators, sees it too.
    expect(judge(200, body, { workspaceId: sync.workspaceId, id: sync.id })).not.toEqual([]);
  },
);

test("refuses to go back, or on from an ending, once that was seen", async () => {
  const mock = await createMock({ scenarios: [] });
  const sync = mock.sync().at("completed");
  await mock.fetch(sync.path, { headers: { "X-API-Key": "q_sk_test" } });
  expect(() => sync.at("ingesting")).toThrow("[lifecycle-is-followed]");
  expect(() => sync.at("completed", { minDate: "2020-01-01T00:00:00Z" })).toThrow(
    "[terminal-never-changes]",
  );
  sync.at("ingesting", {}, { unchecked: true });
  expect(sync.status).toBe("ingesting");
});

test("refuses a lifecycle whose ending would break a rule", async () => {
  const mock = await createMock({ scenarios: [] });
  expect(() => mock.sync().follow("failed", { fields: { errorMessage: null } })).toThrow(
    "[failed-has-error-message]",
  );
});

test("refuses ids that the document does not allow", async () => {
  const mock = await createMock({ scenarios: [] });
  expect(() => mock.sync({ id: "42" })).toThrow("[schema]");
  expect(mock.sync({ id: "42", unchecked: true }).id).toBe("42");
});

test.each([
  ["a status that is not terminal", "ingesting", {}],
  ["a status to skip that is not on the way", "completed", { skip: ["unheard_of"] }],
  ["an interval of 0 ms", "completed", { advance: { everyMs: 0 } }],
  ["a negative total", "completed", { totalRecords: -1 }],
])("refuses %s", async (_, ending, options) => {
  const mock = await createMock({ scenarios: [] });
  expect(() => mock.sync().follow(ending, options)).toThrow(ScenarioError);
});
