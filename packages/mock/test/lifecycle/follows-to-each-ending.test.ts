import { expect } from "vitest";
import { test as base } from "vitest";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";
import { pathOf, read } from "../read.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });

const ways = {
  completed: [
    "pending",
    "preparing",
    "data_fetching",
    "ingesting",
    "ingesting",
    "ingesting",
    "completed",
  ],
  failed: [
    "pending",
    "preparing",
    "data_fetching",
    "ingesting",
    "ingesting",
    "ingesting",
    "failed",
  ],
  stopped: [
    "pending",
    "preparing",
    "data_fetching",
    "ingesting",
    "ingesting",
    "ingesting",
    "stopped",
  ],
  // The documented `skipped` sync has no totals: it was never prepared.
  skipped: ["pending", "preparing", "skipped"],
};

for (const [ending, way] of Object.entries(ways)) {
  for (const type of ["full_sync", "live_sync", "incremental_sync", "manual_sync"]) {
    test(`plays ${type} to ${ending}, every body obeying every rule, also over time`, async ({
      mock,
    }) => {
      const sync = mock.sync({ type }).follow(ending, { totalRecords: 1001 });
      const statuses: unknown[] = [];
      let earlier: unknown;
      for (let poll = 0; poll < way.length + 2; poll++) {
        const { status, body } = await read(mock, sync.path);
        expect(judge(status, body, pathOf(sync), earlier)).toEqual([]);
        expect(body["type"]).toBe(type);
        statuses.push(body["status"]);
        earlier = body;
      }
      expect(statuses).toEqual([...way, ending, ending]);
    });
  }
}

test("counts up to the wanted total, and breaks it down", async ({ mock }) => {
  const sync = mock.sync().follow("completed", { totalRecords: 1001, progressSteps: 4 });
  const counts: unknown[] = [];
  let last: Record<string, unknown> = {};
  for (let poll = 0; poll < 8; poll++) {
    last = (await read(mock, sync.path)).body;
    counts.push(last["recordsIngested"]);
  }
  expect(counts).toEqual([null, null, 0, 200, 400, 601, 801, 1001]);
  expect(last["totalRecordsToIngest"]).toBe(1001);
  const parts = Object.values(last["preparationMetadata"] ?? {});
  expect(parts.reduce((sum: number, part) => sum + Number(part), 0)).toBe(1001);
});

test("plays a sync whose total is never known, and one without records", async ({ mock }) => {
  const unknown = mock.sync().follow("completed", { totalRecords: null }).advance(6);
  expect((await read(mock, unknown.path)).body).toMatchObject({
    status: "completed",
    totalRecordsToIngest: null,
  });
  const nothing = mock.sync().follow("completed", { totalRecords: 0 }).advance(6);
  expect((await read(mock, nothing.path)).body).toMatchObject({
    totalRecordsToIngest: 0,
    recordsIngested: 0,
  });
});

test("leaves statuses out", async ({ mock }) => {
  const sync = mock.sync().follow("completed", { skip: ["pending", "data_fetching", "ingesting"] });
  const first = await read(mock, sync.path);
  const second = await read(mock, sync.path);
  expect([first.body["status"], second.body["status"]]).toEqual(["preparing", "completed"]);
});

test("plays on from where a sync is", async ({ mock }) => {
  const sync = mock.sync().at("ingesting", { recordsIngested: 900 });
  const before = await read(mock, sync.path);
  sync.follow("failed", { fields: { errorMessage: "The source is gone." } }).advance(3);
  const after = await read(mock, sync.path);
  expect(after.body).toMatchObject({ status: "failed", errorMessage: "The source is gone." });
  expect(after.body["recordsIngested"]).toBeGreaterThanOrEqual(900);
  expect(judge(200, after.body, pathOf(sync), before.body)).toEqual([]);
});

test("does not move on for a HEAD, nor for a response with a fault", async ({ mock }) => {
  const sync = mock.sync().follow("completed");
  await read(mock, sync.path, { method: "HEAD" });
  sync.fault({ kind: "malformed-json" }, { times: 1 });
  await read(mock, sync.path).catch(() => undefined);
  expect((await read(mock, sync.path)).body["status"]).toBe("pending");
});
