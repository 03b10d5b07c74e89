import { expect, test as base } from "vitest";
import { createMock } from "../../src/index.ts";
import type { MockServer } from "../../src/index.ts";
import { mockServer } from "../../src/vitest.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });
const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const other = "ws_22222222-2222-4222-8222-222222222222";
const listOf = (workspace: string): string => `/workspaces/${workspace}/sync-logs`;

async function list(mock: MockServer, workspace = workspaceId): Promise<unknown[]> {
  const { status, text } = await read(mock, listOf(workspace));
  expect(status).toBe(200);
  const body: unknown = JSON.parse(text);
  expect(judge(200, body, { workspaceId: workspace })).toEqual([]);
  return Array.isArray(body) ? body : [];
}

test("lists the syncs of a workspace as each of them is read by its id", async ({ mock }) => {
  const syncs = ["pending", "ingesting", "failed", "completed"].map((status) =>
    mock.sync().at(status),
  );
  mock.sync({ workspaceId: other }).at("stopped");
  const listed = await list(mock);
  const each = await Promise.all(syncs.map(async ({ path }) => (await read(mock, path)).body));
  expect(listed).toEqual(each.toReversed());
  expect(await list(mock, other)).toMatchObject([{ status: "stopped", workspaceId: other }]);
});

test("moves every listed sync on, as a read of each would, and a HEAD moves none", async ({
  mock,
}) => {
  mock.sync().follow("completed");
  mock.sync().follow("skipped");
  const frozen = mock.sync().at("ingesting");
  const seen: unknown[] = [];
  for (let poll = 0; poll < 7; poll++) {
    const head = await fetch(mock.url + listOf(workspaceId), {
      method: "HEAD",
      headers: { "X-API-Key": "q_sk_test" },
    });
    expect(head.status).toBe(200);
    seen.push((await list(mock)).map((log) => Reflect.get(Object(log), "status")));
  }
  expect(seen).toEqual([
    ["ingesting", "pending", "pending"],
    ["ingesting", "preparing", "preparing"],
    ["ingesting", "skipped", "data_fetching"],
    ["ingesting", "skipped", "ingesting"],
    ["ingesting", "skipped", "ingesting"],
    ["ingesting", "skipped", "ingesting"],
    ["ingesting", "skipped", "completed"],
  ]);
  expect(frozen.status).toBe("ingesting");
});

test("lists nothing of a workspace that has no syncs, and does not know one that never had any", async ({
  mock,
}) => {
  expect(await list(mock)).toEqual([]);
  const { status, body } = await read(mock, listOf(other));
  expect([status, body["message"]]).toEqual([404, "Workspace not found"]);
  mock.sync({ workspaceId: other });
  expect(await list(mock, other)).toHaveLength(1);
  mock.reset();
  expect((await read(mock, listOf(other))).status).toBe(404);
});

test.each([
  ["newest-first", [3, 2, 1]],
  ["oldest-first", [1, 2, 3]],
] as const)("lists %s", async (listOrder, expected) => {
  const mock = await createMock({ scenarios: [], listOrder });
  for (const totalRecords of [1, 2, 3])
    mock.sync({ fields: { totalRecordsToIngest: totalRecords } });
  expect(await totals(mock)).toEqual(expected);
});

test("lists in another order each time where asked, the same for the same seed", async () => {
  const orders: unknown[] = [];
  for (const seed of [1, 1, 2]) {
    const mock = await createMock({ scenarios: [], seed, listOrder: "shuffled" });
    for (let count = 0; count < 20; count++) mock.sync({ fields: { totalRecordsToIngest: count } });
    const first = await totals(mock);
    const second = await totals(mock);
    expect(first).not.toEqual(second);
    expect(first.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    orders.push([first, second]);
  }
  expect(orders[0]).toEqual(orders[1]);
  expect(orders[0]).not.toEqual(orders[2]);
});

async function totals({ fetch: send }: Pick<MockServer, "fetch">): Promise<readonly number[]> {
  const response = await send(listOf(workspaceId), { headers: { "X-API-Key": "q_sk_test" } });
  const body: unknown = await response.json();
  return Array.isArray(body)
    ? body.map((log) => Number(Reflect.get(Object(log), "totalRecordsToIngest")))
    : [];
}
