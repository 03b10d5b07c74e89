import { describe, expect, it } from "vitest";
import {
  createSyncLogClient,
  type SyncLogClient,
  type SyncLogClientOptions,
} from "../../src/index.ts";
import { createVirtualClock, type VirtualClock } from "../../src/testing/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { apiKey, exampleSyncLog } from "../fixtures/sync-logs.ts";

interface Served {
  readonly client: SyncLogClient;
  readonly clock: VirtualClock;
  readonly urls: string[];
  readonly aborted: string[];
}

const idOf = (index: number): string => `sync_${index}`;

/** A client of a workspace whose syncs end after so long; `list` may answer for its list. */
function serve(
  endsAtMs: readonly number[],
  list?: (nowMs: number) => Response | Promise<Response> | undefined,
  options: SyncLogClientOptions = {},
): Served {
  const clock = createVirtualClock(0, { patienceMs: 0 });
  const urls: string[] = [];
  const aborted: string[] = [];
  const logOf = (index: number) =>
    exampleSyncLog(clock.nowMs() < Number(endsAtMs[index]) ? "pending" : "completed", {
      id: idOf(index),
    });
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    clock,
    random: () => 0.5,
    ...options,
    async fetch(url, { signal }) {
      const path = url.slice("http://localhost".length);
      urls.push(path);
      signal.addEventListener("abort", () => aborted.push(path));
      await new Promise<void>((resolve) => void clock.setTimeout(() => resolve(), 20));
      if (!path.endsWith("/sync-logs")) return Response.json(logOf(Number(path.split("_").at(-1))));
      return list?.(clock.nowMs()) ?? Response.json(endsAtMs.map((_, index) => logOf(index)));
    },
  });
  return { client, clock, urls, aborted };
}

const waitForAll = (client: SyncLogClient, count: number, options: object = {}) =>
  Array.from({ length: count }, (_, index) =>
    client.waitForSyncLog({ workspaceId: "ws_1", id: idOf(index) }, options),
  );

const after20s = Array<number>(20).fill(20_000);
const pendingRows = (change: object = {}, init?: ResponseInit): Response =>
  Response.json(
    after20s.map((_, index) => ({ ...exampleSyncLog("pending", { id: idOf(index) }), ...change })),
    init,
  );

const none = (): Response => new Response("{}", { status: 404 });

const listsIn = (urls: readonly string[]): number =>
  urls.filter((url) => url.endsWith("/sync-logs")).length;

describe("waits in one workspace", () => {
  it("share lists: a third of the requests for 60 syncs, or less", async () => {
    const endsAtMs = Array.from({ length: 60 }, (_, index) => 20_000 + index * 500);
    const counts: number[] = [];
    for (const polls of ["single", "auto"] as const) {
      const { client, clock, urls } = serve(endsAtMs, undefined, { polls });
      const results = await clock.run(Promise.all(waitForAll(client, 60)));
      expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["completed"]));
      counts.push(urls.length);
    }
    expect(counts[1]).toBeLessThan(Number(counts[0]) / 3);
  });

  it("get the end and its body from getSyncLog", async () => {
    const { client, clock, urls } = serve(Array<number>(20).fill(5000));
    await clock.run(Promise.all(waitForAll(client, 20)));
    const lastList = urls.lastIndexOf("/workspaces/ws_1/sync-logs");
    const confirmed = urls.slice(lastList + 1).filter((url) => !url.endsWith("/sync-logs"));
    expect(new Set(confirmed).size).toBe(20);
    expect(confirmed).toHaveLength(20);
  });

  it("ask a service without a list once in a long while", async () => {
    const { client, clock, urls } = serve(Array<number>(5).fill(7_200_000), none);
    await clock.run(Promise.all(waitForAll(client, 5)));
    expect(listsIn(urls)).toBeLessThanOrEqual(5);
  });

  it("remember how lists went when all have ended", async () => {
    const { client, clock, urls } = serve(Array<number>(20).fill(0), none);
    for (let turn = 0; turn < 5; turn += 1) await clock.run(Promise.all(waitForAll(client, 20)));
    expect(listsIn(urls)).toBe(1);
  });

  it("are read by themselves beside a list that takes long", async () => {
    const { client, clock } = serve(Array<number>(20).fill(0), () => new Promise(() => undefined));
    const results = await clock.run(Promise.all(waitForAll(client, 20)));
    expect(Math.max(...results.map(({ elapsedMs }) => elapsedMs))).toBe(1020);
    expect(clock.timerCount).toBe(0);
  });

  it.each<[string, () => Response, number]>([
    ["stands still", () => pendingRows(), 6],
    ["has no usable status", () => pendingRows({ status: 7 }), 1],
    ["has a status that no single read has", () => pendingRows({ status: "archived" }), 1],
    ["is old by its `Age`", () => pendingRows({}, { headers: { age: "3" } }), 1],
  ])("leave a list alone that %s", async (_, list, mostLists) => {
    // The first has ended when it is read by itself.
    const { client, clock, urls } = serve([1000, ...after20s.slice(1)], list);
    const results = await clock.run(Promise.all(waitForAll(client, 20)));
    expect(listsIn(urls)).toBeLessThanOrEqual(mostLists);
    expect(Math.max(...results.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(23_000);
  });

  it("end the list's request with the last of those that it is for", async () => {
    const { client, clock, urls, aborted } = serve(Array<number>(20).fill(60_000));
    const controller = new AbortController();
    const waits = waitForAll(client, 20, { signal: controller.signal }).map(rejection);
    await clock.advanceBy(5);
    expect(listsIn(urls)).toBe(1);
    controller.abort("enough");
    expect(new Set(await Promise.all(waits))).toEqual(new Set(["enough"]));
    expect(listsIn(aborted)).toBe(1);
    await clock.advanceBy(20);
    expect(clock.timerCount).toBe(0);
  });

  it.each<[string, SyncLogClientOptions]>([
    ["the option", { polls: "single" }],
    ["a hook that may make another request of each", { hooks: { onRequest: () => undefined } }],
  ])("read one by one with %s", async (_, options) => {
    const { client, clock, urls } = serve(Array<number>(20).fill(5000), undefined, options);
    await clock.run(Promise.all(waitForAll(client, 20)));
    expect(listsIn(urls)).toBe(0);
  });

  it("share no list with those of other headers", async () => {
    const { client, clock, urls } = serve(Array<number>(4).fill(5000));
    const waits = Array.from({ length: 4 }, (_, index) =>
      client.waitForSyncLog(
        { workspaceId: "ws_1", id: idOf(index) },
        { headers: { "x-tenant": String(index) } },
      ),
    );
    await clock.run(Promise.all(waits));
    expect(listsIn(urls)).toBe(0);
  });

  it("refuse another word for the option", () => {
    expect(() => createSyncLogClient({ apiKey, polls: "list" as "auto" })).toThrow(/`polls`/);
  });
});
