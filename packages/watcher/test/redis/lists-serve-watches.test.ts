import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "../../src/bullmq.ts";
import {
  createSyncLogWatcher,
  type SyncLogWatcher,
  type SyncLogWatcherOptions,
  type WatcherEvent,
  type WatchOutcome,
  type WatchTarget,
} from "../../src/index.ts";
import { everythingIn } from "../support/everything-in.ts";
import {
  endingsInSpiteOf,
  idsOf,
  listFaults,
  listsOf,
  trueEndings,
} from "../support/list-faults.ts";
import { mostWithin } from "../support/most-within.ts";
import { startSyncLogApi, type SyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** On a busy machine requests that began apart may come together. */
const networkDelayMs = 400;

interface Watching extends AsyncDisposable {
  readonly watcher: SyncLogWatcher;
  readonly outcomes: WatchOutcome[];
  readonly events: WatcherEvent[];
}

function startWatching(
  redisUrl: string,
  api: SyncLogApi,
  options: Partial<SyncLogWatcherOptions> = {},
  engine: Partial<Parameters<typeof bullmqEngine>[0]> = {},
): Watching {
  const outcomes: WatchOutcome[] = [];
  const events: WatcherEvent[] = [];
  const watcher = createSyncLogWatcher({
    client: createSyncLogClient({ apiKey: api.apiKey, baseUrl: api.url }),
    engine: bullmqEngine({ connection: redisUrl, ...engine }),
    minIntervalMs: 200,
    maxIntervalMs: 400,
    onOutcome: (outcome) => outcomes.push(outcome),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const close = async (): Promise<void> => watcher.close({ graceMs: 500 });
  return { watcher, outcomes, events, [Symbol.asyncDispose]: close };
}

const add = async ({ watcher }: Watching, all: readonly WatchTarget[]): Promise<void> => {
  await Promise.all(all.map(async (one) => watcher.watch(one)));
};

describeRedis("one list", () => {
  test.concurrent("serves all due watches of a workspace; a poll confirms each end, and no body of a list is stored", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(40);
    api.listed = () => idsOf(all);
    const secret = "what only the customer may read";
    api.row = (row) => ({ ...row, errorMessage: secret, manualSyncData: { secret } });
    const updates: unknown[] = [];
    await using one = startWatching(redis.url, api, { onUpdate: (update) => updates.push(update) });
    await using two = startWatching(redis.url, api);
    await add(one, all);
    await until("there were ten lists", () => listsOf(api) >= 10);
    expect(await everythingIn(redis.url)).not.toContain(secret);
    expect(updates.length).toBeLessThanOrEqual(all.length);
    expect(api.requests.length - listsOf(api)).toBeLessThan(all.length / 2);

    api.row = undefined;
    api.endAll = true;
    const outcomes = (): WatchOutcome[] => [...one.outcomes, ...two.outcomes];
    await until("every watch has its outcome", () => outcomes().length === all.length);
    expect(new Set(outcomes().map(({ endedAs }) => endedAs))).toEqual(new Set(["completed"]));
    const confirmed = all.map(({ id }) => api.countOf(id));
    expect(confirmed.every((count) => count >= 1)).toBe(true);
    expect(api.requests.length - listsOf(api)).toBeLessThan(1.5 * all.length);
    await until("all are delivered", async () => {
      const { counts } = await one.watcher.overview();
      return counts.waiting + counts.polling === 0 && counts.delivered === all.length;
    });
  });

  test.concurrent.for(Object.keys(listFaults))("a list: %s, changes no outcome", async (name) => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const endings = await endingsInSpiteOf(name, api, (options) =>
      startWatching(redis.url, api, options),
    );
    expect(endings).toEqual(trueEndings);
  });

  test("keeps to the rate limit with all that is requested", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(60);
    api.listed = () => idsOf(all);
    const rateLimit = { max: 20, perMs: 1000 };
    await using one = startWatching(redis.url, api, {}, { rateLimit });
    await using two = startWatching(redis.url, api, {}, { rateLimit });
    await add(one, all);
    await until("there were lists", () => listsOf(api) >= 3);
    api.endAll = true;
    await until(
      "every watch has its outcome",
      () => one.outcomes.length + two.outcomes.length === all.length,
    );
    const moments = api.requests.map(({ atMs }) => atMs);
    expect(mostWithin(moments, 1000 - networkDelayMs)).toBeLessThanOrEqual(rateLimit.max);
  });

  test.concurrent("is read by another process once the one that read it is gone", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(20);
    api.listed = () => idsOf(all);
    await using one = startWatching(redis.url, api);
    await add(one, all);
    await until("one reads lists", () => one.events.some(({ type }) => type === "listed"));
    await using two = startWatching(redis.url, api);
    await two.watcher.overview();
    expect(two.events.some(({ type }) => type === "listed")).toBe(false);
    await one.watcher.close();
    await until("two reads lists", () => two.events.some(({ type }) => type === "listed"));
    api.endAll = true;
    await until("every watch has its outcome", () => two.outcomes.length === all.length);
  });

  test.concurrent("that meets a 401 pauses the polls, and is not asked for again meanwhile", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(6);
    api.listed = () => idsOf(all);
    await using one = startWatching(redis.url, api, { probeEveryMs: 500 });
    await add(one, all);
    await until("there were lists", () => listsOf(api) >= 3);
    api.acceptedKey = "q_sk_another-key-of-the-test";
    await until("polls are paused", () => one.events.some(({ type }) => type === "paused"));
    const listed = listsOf(api);
    await sleep(2000);
    expect(listsOf(api)).toBeLessThanOrEqual(listed + 1);
    expect(one.outcomes).toEqual([]);
    api.acceptedKey = api.apiKey;
    api.endAll = true;
    await until("every watch has its outcome", () => one.outcomes.length === all.length);
  });

  test.concurrent("of a workspace with many watches does not keep one with few waiting", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const many = targets(300);
    const few = targets(3).map(({ id }) => ({ id: `${id}-of-few`, workspaceId: "ws_of-few" }));
    api.listed = (workspaceId) => idsOf(workspaceId === "ws_of-few" ? few : many);
    for (const { id } of few) api.ended.set(id, "completed");
    await using one = startWatching(redis.url, api, {}, { rateLimit: { max: 30, perMs: 1000 } });
    await add(one, many);
    await until("there are lists", () => listsOf(api) >= 2);
    const addedAtMs = performance.now();
    await add(one, few);
    await until("the few have their outcomes", () => one.outcomes.length === few.length);
    // One poll of each of the many takes ten seconds.
    expect(performance.now() - addedAtMs).toBeLessThan(5000);
  });

  test.concurrent("costs a workspace of one watch no look-up", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(3).map(({ id }, n) => ({ id, workspaceId: `ws_of-one-${n}` }));
    await using one = startWatching(redis.url, api);
    await add(one, all);
    await until("there were polls", () => api.requests.length >= 12);
    await using stack = new AsyncDisposableStack();
    const admin = stack.adopt(new Redis(redis.url), (connection) => connection.disconnect());
    // The first command of a process that wants to lead.
    expect(await admin.info("commandstats")).not.toContain("cmdstat_scard");
    expect(listsOf(api)).toBe(0);
  });

  test.concurrent("is not read where polls are single", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(6);
    api.listed = () => idsOf(all);
    await using one = startWatching(redis.url, api, { polls: "single" });
    await add(one, all);
    await until("there were polls", () => api.requests.length >= 12);
    expect(listsOf(api)).toBe(0);
  });
});
