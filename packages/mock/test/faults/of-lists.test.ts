import { expect, test } from "vitest";
import { createMock, FaultError } from "../../src/index.ts";
import type { FaultPlan, FaultWhen, Mock, SyncHandle } from "../../src/index.ts";

const list = "/workspaces/ws_123e4567-e89b-12d3-a456-426614174000/sync-logs";

async function setUp(): Promise<{
  mock: Mock;
  syncs: readonly [SyncHandle, SyncHandle, SyncHandle];
  /** What each of so many reads of a path gives: the ids of a list, or the status of the answer. */
  reads: (count: number, path?: string, method?: string) => Promise<unknown[]>;
  clock: { at: number };
}> {
  const clock = { at: 1_700_000_000_000 };
  const mock = await createMock({
    scenarios: [],
    listOrder: "oldest-first",
    clock: { now: () => clock.at },
  });
  const create = (type: string): SyncHandle => mock.sync({ type }).at("ingesting");
  const syncs = [create("full_sync"), create("live_sync"), create("full_sync")] as const;
  const reads = async (count: number, path = list, method = "GET"): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let index = 0; index < count; index++) {
      const response = await mock.fetch(path, { method, headers: { "X-API-Key": "q_sk_test" } });
      const body: unknown = JSON.parse((await response.text()) || "null");
      const ids = Array.isArray(body) && body.map((log) => Reflect.get(Object(log), "id"));
      seen.push(ids || response.status);
    }
    return seen;
  };
  return { mock, syncs, reads, clock };
}

test("happens to the requests of one operation, which alone are counted", async () => {
  const { mock, syncs, reads } = await setUp();
  const [{ path, id }] = syncs;
  const all = syncs.map((sync) => sync.id);
  mock.fault({ kind: "status", status: 503 }, { operation: "listSyncLogs", times: 2 });
  expect(await reads(2, path)).toEqual([200, 200]);
  expect(await reads(1, "/nowhere")).toEqual([404]);
  expect(await reads(1, list, "HEAD")).toEqual([503]);
  expect(await reads(2)).toEqual([503, all]);
  mock.fault({ kind: "status", status: 429 }, { operation: "getSyncLog", after: 1 });
  expect(await reads(2)).toEqual([all, all]);
  expect(await reads(2, path)).toEqual([200, 429]);
  expect(await reads(1, path.replace(id, "sync_0"))).toEqual([429]);
  const operations = mock.requests.map(({ operation }) => operation);
  expect(operations.filter((operation) => operation === "listSyncLogs")).toHaveLength(5);
  expect(operations.filter((operation) => operation === undefined)).toHaveLength(1);
});

test("has the errors of its operation", async () => {
  const { mock, syncs } = await setUp();
  const message = async (path: string): Promise<unknown> => {
    const response = await mock.fetch(path, { headers: { "X-API-Key": "q_sk_test" } });
    return Reflect.get(Object(await response.json()), "message");
  };
  mock.fault({ kind: "status", status: 404 });
  expect(await message(list)).toBe("Workspace not found");
  expect(await message(syncs[0].path)).toBe("Sync log not found");
});

test("lets the faults of one sync spoil no list, and spends none of them there", async () => {
  const { syncs, reads } = await setUp();
  const [first, second] = syncs;
  const handle = first.fault({ kind: "reset", at: "header" }, { times: 1 });
  second.fault({ kind: "status", status: 503 }, { times: 1 });
  const all = syncs.map(({ id }) => id);
  expect(await reads(3)).toEqual([all, all, all]);
  expect(handle.hits).toBe(0);
  expect(await reads(2, second.path)).toEqual([503, 200]);
});

test("leaves one out of lists, as often as it says, and out of nothing else", async () => {
  const { syncs, reads } = await setUp();
  const [{ id: first }, second, { id: third }] = syncs;
  const handle = second.fault({ kind: "unlisted" }, { after: 1, times: 2 });
  expect(await reads(1, second.path)).toEqual([200]);
  const all = [first, second.id, third];
  expect(await reads(4)).toEqual([all, [first, third], [first, third], all]);
  expect(handle.hits).toBe(2);
  second.clearFaults().fault([{ kind: "unlisted" }, null], { repeat: true });
  expect(await reads(3)).toEqual([[first, third], all, [first, third]]);
});

test("ends a list early, and moves on only what is in it", async () => {
  const { mock, syncs, reads } = await setUp();
  const [first, second, third] = syncs;
  second.follow("completed", { progressSteps: 1 });
  third.follow("completed", { progressSteps: 1 });
  mock.fault({ kind: "capped-list", items: 2 }, { times: 1 });
  expect(await reads(1, first.path)).toEqual([200]);
  expect(await reads(2)).toEqual([
    [first.id, second.id],
    [first.id, second.id, third.id],
  ]);
  expect([first.status, second.status, third.status]).toEqual([
    "ingesting",
    "completed",
    "completed",
  ]);
  mock.fault({ kind: "capped-list", items: 0 });
  expect(await reads(1)).toEqual([[]]);
  const { fault, status } = mock.requests.at(-1) ?? {};
  expect([fault, status]).toEqual(["capped-list", 200]);
});

test("sends a list again until it is too old: without what is new, and nothing is served by it", async () => {
  const { mock, syncs, reads, clock } = await setUp();
  const all = syncs.map(({ id }) => id);
  mock.fault({ kind: "stale-list", maxAgeMs: 1000 });
  expect(await reads(1)).toEqual([all]);
  const added = mock.sync().follow("stopped");
  clock.at += 999;
  expect(await reads(3)).toEqual([all, all, all]);
  expect(added.status).toBe("pending");
  clock.at += 1;
  expect(await reads(1)).toEqual([[...all, added.id]]);
  expect(added.status).not.toBe("pending");
  mock.reset();
  expect(await reads(1)).toEqual([[]]);
});

const unlisted: FaultPlan = { kind: "unlisted" };
const refused: readonly [
  what: string,
  of: "mock" | "sync",
  plan: FaultPlan,
  when: FaultWhen,
  message: string,
][] = [
  [
    "an unknown operation",
    "mock",
    { kind: "malformed-json" },
    { operation: "listLogs" },
    "use one of: getSyncLog, listSyncLogs",
  ],
  ["all that are left out", "mock", unlisted, {}, '"unlisted" is for the one'],
  [
    "a list of one",
    "sync",
    { kind: "capped-list", items: 1 },
    {},
    '"capped-list" is for all requests',
  ],
  [
    "a list that is no list",
    "mock",
    { kind: "stale-list", maxAgeMs: 1 },
    { operation: "getSyncLog" },
    "for an operation that lists",
  ],
  [
    "a sync's own fault in a list",
    "sync",
    { kind: "malformed-json" },
    { operation: "listSyncLogs" },
    "cannot spoil a list",
  ],
  ["a missing age", "mock", Object({ kind: "stale-list" }), {}, 'needs "maxAgeMs"'],
  ["fewer items than none", "mock", { kind: "capped-list", items: -1 }, {}, "whole number from 0"],
  ["one of two kinds", "sync", [unlisted, { kind: "malformed-json" }], {}, "sequence"],
];

test.each(refused)(
  "refuses %s, which no request would meet",
  async (_, of, plan, when, message) => {
    const { mock, syncs } = await setUp();
    const target = of === "mock" ? mock : syncs[0];
    expect(() => target.fault(plan, when)).toThrow(FaultError);
    expect(() => target.fault(plan, when)).toThrow(message);
  },
);
