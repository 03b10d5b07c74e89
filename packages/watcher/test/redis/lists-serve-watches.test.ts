import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import type { WatchOutcome } from "../../src/index.ts";
import { claimScript } from "../../src/redis/leases.ts";
import { collectOnRedis, watchAll } from "../support/collect-outcomes.ts";
import { everythingIn } from "../support/everything-in.ts";
import {
  endingsInSpiteOf,
  idsOf,
  listFaults,
  listsOf,
  trueEndings,
} from "../support/list-faults.ts";
import { mostWithin } from "../support/most-within.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** On a busy machine requests that began apart may come together. */
const networkDelayMs = 400;

describeRedis("one list", () => {
  test.concurrent("serves all due watches of a workspace; a poll confirms each end, and no body of a list is stored", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(40);
    api.listed = () => idsOf(all);
    const secret = "what only the customer may read";
    api.row = (row) => ({ ...row, errorMessage: secret, manualSyncData: { secret } });
    await using one = collectOnRedis(redis.url, api);
    await using two = collectOnRedis(redis.url, api);
    await watchAll(one, all);
    await until("there were ten lists", () => listsOf(api) >= 10);
    expect(await everythingIn(redis.url)).not.toContain(secret);
    expect(one.updates.length).toBeLessThanOrEqual(all.length);
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
      collectOnRedis(redis.url, api, options),
    );
    expect(endings).toEqual(trueEndings);
  });

  test("keeps to the rate limit with all that is requested", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(60);
    api.listed = () => idsOf(all);
    const rateLimit = { max: 20, perMs: 1000 };
    await using one = collectOnRedis(redis.url, api, {}, { rateLimit });
    await using two = collectOnRedis(redis.url, api, {}, { rateLimit });
    await watchAll(one, all);
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
    await using one = collectOnRedis(redis.url, api);
    await watchAll(one, all);
    await until("one reads lists", () => one.events.some(({ type }) => type === "listed"));
    await using two = collectOnRedis(redis.url, api);
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
    await using one = collectOnRedis(redis.url, api, { probeEveryMs: 500 });
    await watchAll(one, all);
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
    await using one = collectOnRedis(redis.url, api, {}, { rateLimit: { max: 30, perMs: 1000 } });
    await watchAll(one, many);
    await until("there are lists", () => listsOf(api) >= 2);
    const addedAtMs = performance.now();
    await watchAll(one, few);
    await until("the few have their outcomes", () => one.outcomes.length === few.length);
    // One poll of each of the many takes ten seconds.
    expect(performance.now() - addedAtMs).toBeLessThan(5000);
  });

  test.concurrent("costs a workspace of one watch no look-up", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(3).map(({ id }, n) => ({ id, workspaceId: `ws_of-one-${n}` }));
    await using one = collectOnRedis(redis.url, api);
    await watchAll(one, all);
    await until("there were polls", () => api.requests.length >= 12);
    await using stack = new AsyncDisposableStack();
    const admin = stack.adopt(new Redis(redis.url), (connection) => connection.disconnect());
    // Sent by the first process that wants to lead.
    expect(await admin.script("EXISTS", claimScript.sha)).toEqual([0]);
    expect(listsOf(api)).toBe(0);
  });

  test.concurrent("is not read where polls are single", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const all = targets(6);
    api.listed = () => idsOf(all);
    await using one = collectOnRedis(redis.url, api, { polls: "single" });
    await watchAll(one, all);
    await until("there were polls", () => api.requests.length >= 12);
    expect(listsOf(api)).toBe(0);
  });
});
