import type { SyncLog } from "@qontext/sync-log-schema";
import { describe, expect, it } from "vitest";
import {
  createSyncLogClient,
  type SyncLogClient,
  type SyncLogClientOptions,
  type WorkspaceUpdate,
} from "../../src/index.ts";
import { createVirtualClock, type VirtualClock } from "../../src/testing/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection } from "../fixtures/rejection.ts";
import { apiKey, exampleSyncLog } from "../fixtures/sync-logs.ts";

const workspace = { workspaceId: "ws_1" };

interface Served {
  readonly client: SyncLogClient;
  readonly clock: VirtualClock;
  readonly listedAtMs: number[];
}

function serve(
  list: (nowMs: number) => readonly unknown[] | Response,
  options: SyncLogClientOptions = {},
): Served {
  const clock = createVirtualClock(0, { patienceMs: 0 });
  const listedAtMs: number[] = [];
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    clock,
    random: () => 0.5,
    ...options,
    fetch() {
      listedAtMs.push(clock.nowMs());
      const answer = list(clock.nowMs());
      return Promise.resolve(answer instanceof Response ? answer : Response.json(answer));
    },
  });
  return { client, clock, listedAtMs };
}

const log = (id: string, changes: Partial<SyncLog> = {}): SyncLog =>
  exampleSyncLog("pending", { id, ...changes });

/** The first updates of a watch, each as its id, its reason and its status. */
async function first(
  updates: AsyncIterable<WorkspaceUpdate>,
  count: number,
): Promise<readonly string[]> {
  const told: string[] = [];
  for await (const { syncLog, reason } of updates) {
    told.push(`${syncLog.id} ${reason} ${syncLog.status}`);
    if (told.length === count) break;
  }
  return told;
}

describe("watchWorkspace", () => {
  it("tells of what there is, what is new and what changes, each once", async () => {
    const { client, clock, listedAtMs } = serve((nowMs) => [
      log("a", { status: nowMs < 10_000 ? "ingesting" : "completed" }),
      ...(nowMs < 5000 ? [] : [log("b")]),
    ]);
    const told = await clock.run(first(client.watchWorkspace(workspace), 3));
    expect(told).toEqual(["a listed ingesting", "b created pending", "a changed completed"]);
    const gaps = listedAtMs.slice(1).map((time, index) => time - Number(listedAtMs[index]));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    expect(clock.timerCount).toBe(0);
  });

  it("goes no way back, whatever doubles and lagging lists say", async () => {
    const { client, clock } = serve((nowMs) =>
      nowMs < 3000
        ? [log("a"), log("a", { status: "ingesting", recordsIngested: 9 }), log("a")]
        : [nowMs < 6000 ? log("a") : log("a", { status: "completed" })],
    );
    const told = await clock.run(first(client.watchWorkspace(workspace), 2));
    expect(told).toEqual(["a listed ingesting", "a changed completed"]);
  });

  it.each<[string, object, readonly string[]]>([
    ["statuses", { only: { statuses: ["failed"] } }, ["b"]],
    ["types", { only: { types: ["live_sync"] } }, ["c"]],
    ["ids", { only: { ids: ["a", "c"] } }, ["a", "c"]],
    ["a moment", { since: "2026-01-01T00:00:00Z" }, ["c"]],
    ["a Date", { since: new Date("2026-01-01T00:00:00Z") }, ["c"]],
  ])("tells only of what is asked for by %s", async (_, options, expected) => {
    const old = { createdAt: "2021-01-01T00:00:00Z", updatedAt: "2021-01-01T00:00:00Z" };
    const { client, clock } = serve(() => [
      log("a", old),
      log("b", { ...old, status: "failed" }),
      log("c", {
        type: "live_sync",
        createdAt: "2021-01-01T00:00:00Z",
        updatedAt: "2026-02-01T00:00:00Z",
      }),
    ]);
    const told = await clock.run(first(client.watchWorkspace(workspace, options), expected.length));
    expect(told.map((one) => one.split(" ")[0])).toEqual(expected);
  });

  it("waits for a slow reader", async () => {
    const { client, clock, listedAtMs } = serve((nowMs) => [
      log("a", { recordsIngested: nowMs }),
      log("b"),
    ]);
    const updates = client.watchWorkspace(workspace);
    await clock.run(updates.next());
    await clock.advanceBy(600_000);
    expect(listedAtMs).toHaveLength(1);
    await updates.next();
    expect((await clock.run(updates.next())).value).toMatchObject({ reason: "changed" });
    await updates.return?.();
    expect(clock.timerCount).toBe(0);
  });

  it("ends at once with a refusal of the list", async () => {
    const { client, clock, listedAtMs } = serve(() => new Response("{}", { status: 403 }));
    const updates = client.watchWorkspace(workspace);
    expect(await clock.run(rejection(updates.next()))).toMatchObject({ code: "permission_denied" });
    expect(listedAtMs).toHaveLength(1);
    expect(clock.timerCount).toBe(0);
  });

  it("goes on over failures that may pass, and ends with the last after maxFailingMs", async () => {
    const { client, clock, listedAtMs } = serve((nowMs) =>
      nowMs < 30_000
        ? new Response("{}", { status: 503, headers: { "retry-after": "7" } })
        : [log("a")],
    );
    const told = await clock.run(first(client.watchWorkspace(workspace), 1));
    expect(told).toEqual(["a listed pending"]);
    expect(listedAtMs[1]).toBeGreaterThanOrEqual(7000);
    const down = serve(() => new Response("{}", { status: 503 }));
    const updates = down.client.watchWorkspace(workspace, { maxFailingMs: 60_000 });
    expect(await down.clock.run(rejection(updates.next()))).toMatchObject({ code: "server_error" });
    expect(down.clock.nowMs()).toBeGreaterThanOrEqual(60_000);
  });

  it("warns of each list that failed and did not end it", async () => {
    const warned: string[] = [];
    const logger = createLogger({ warn: (text) => warned.push(text) });
    const { client, clock } = serve(
      (nowMs) => (nowMs < 3000 ? new Response("{}", { status: 503 }) : [log("a")]),
      { logger },
    );
    await clock.run(first(client.watchWorkspace(workspace), 1));
    expect(warned.length).toBeGreaterThan(0);
    for (const text of warned) expect(text).toMatch(/^A list failed: .*503/u);
  });

  it("ends with an abort, and with the client", async () => {
    const { client, clock } = serve(() => []);
    const controller = new AbortController();
    const aborted = rejection(
      client.watchWorkspace(workspace, { signal: controller.signal }).next(),
    );
    const disposed = rejection(client.watchWorkspace(workspace).next());
    await clock.advanceBy(50);
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    await client[Symbol.asyncDispose]();
    expect(await disposed).toMatchObject({ name: "AbortError" });
    expect(clock.timerCount).toBe(0);
  });

  it.each([{ since: "yesterday" }, { only: { status: [] } }, { deadlineMs: 1 }])(
    "refuses %j",
    async (options) => {
      const { client } = serve(() => []);
      const updates = client.watchWorkspace(workspace, options as object);
      expect(await rejection(updates.next())).toMatchObject({ code: "invalid_parameter" });
    },
  );

  it.each([{ ids: "a" }, { statuses: "failed" }, { statuses: [] }, { types: null }])(
    "says that the lists of %j have to be arrays with something in them",
    async (only) => {
      const { client } = serve(() => []);
      const updates = client.watchWorkspace(workspace, { only } as object);
      const { message } = (await rejection(updates.next())) as Error;
      expect(message).toBe(`\`only.${Object.keys(only)[0]}\` has to be an array, not empty.`);
    },
  );
});
