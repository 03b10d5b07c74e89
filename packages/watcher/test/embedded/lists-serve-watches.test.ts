import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { embeddedEngine, type WatchTarget } from "../../src/index.ts";
import { collectOutcomes, listIntervals, watchAll } from "../support/collect-outcomes.ts";
import {
  endingsInSpiteOf,
  idsOf,
  listFaults,
  listsOf,
  trueEndings,
} from "../support/list-faults.ts";
import { mostWithin } from "../support/most-within.ts";
import { startSyncLogApi, type SyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** On a busy machine requests that began apart may come together. */
const networkDelayMs = 400;

async function startListingApi(all: readonly WatchTarget[]): Promise<SyncLogApi> {
  const api = await startSyncLogApi();
  api.listed = () => idsOf(all);
  return api;
}

describe.concurrent("one list, in one process", () => {
  test.concurrent("serves all due watches of a workspace, and a poll confirms each end", async () => {
    const all = targets(200);
    await using api = await startListingApi(all);
    await using one = collectOutcomes(api, listIntervals);
    for (const each of all) await one.watcher.watch(each);
    await until("there were eight lists", () => listsOf(api) >= 8);
    // The samples.
    expect(api.requests.length - listsOf(api)).toBeLessThan(5);
    expect(idsOf(one.updates).toSorted()).toEqual(idsOf(all).toSorted());
    const listed = one.events.find(({ type }) => type === "listed");
    expect(listed).toMatchObject({ asked: all.length, result: "log" });

    api.endAll = true;
    await until("every watch has its outcome", () => one.outcomes.length === all.length);
    expect(new Set(one.outcomes.map(({ endedAs }) => endedAs))).toEqual(new Set(["completed"]));
    expect(all.every(({ id }) => api.countOf(id) >= 1)).toBe(true);
    expect(api.requests.length - listsOf(api)).toBeLessThan(1.1 * all.length);
  });

  test.concurrent.for(Object.keys(listFaults))(
    "with a fault: %s, changes no outcome",
    async (name) => {
      await using api = await startSyncLogApi();
      const endings = await endingsInSpiteOf(name, api, (options) =>
        collectOutcomes(api, { ...listIntervals, ...options }),
      );
      expect(endings).toEqual(trueEndings);
    },
  );

  test("counts for the rate limit as each poll does", { concurrent: false }, async () => {
    const all = targets(60);
    await using api = await startListingApi(all);
    const rateLimit = { max: 20, perMs: 1000 };
    await using one = collectOutcomes(api, {
      ...listIntervals,
      engine: embeddedEngine({ rateLimit }),
    });
    await watchAll(one, all);
    await until("there were lists", () => listsOf(api) >= 3);
    api.endAll = true;
    await until("every watch has its outcome", () => one.outcomes.length === all.length);
    const moments = api.requests.map(({ atMs }) => atMs);
    expect(mostWithin(moments, 1000 - networkDelayMs)).toBeLessThanOrEqual(rateLimit.max);
    // Who is in the list waits for no permit.
    expect(api.requests.length).toBeLessThan(1.5 * all.length);
  });

  test.concurrent("tells nothing of a watch that was cancelled meanwhile, nor of its successor's past", async () => {
    const all = targets(6);
    await using api = await startListingApi(all);
    api.delayMs = 200;
    await using one = collectOutcomes(api, listIntervals);
    const { watcher, updates, outcomes } = one;
    await watchAll(one, all);
    await sleep(50);
    expect(await watcher.cancel(target(0))).toBe(true);
    expect(await watcher.cancel(target(1))).toBe(true);
    await watcher.watch(target(1), { metadata: "anew" });
    await until("others are told of", () => updates.length >= 5);
    expect(updates.filter(({ id }) => id === target(0).id)).toEqual([]);
    expect(updates.filter(({ id }) => id === target(1).id)).toMatchObject([{ metadata: "anew" }]);
    api.endAll = true;
    await until("the others have their outcomes", () => outcomes.length === 5);
    expect(outcomes.find(({ id }) => id === target(1).id)).toMatchObject({ metadata: "anew" });
    expect(await watcher.status(target(0))).toBeNull();
  });

  test.concurrent.for([
    { name: "is finished within the grace", delayMs: 300, graceMs: 10_000, lists: 1 },
    { name: "is abandoned after the grace", delayMs: 60_000, graceMs: 50, lists: 0 },
  ])("under way $name of a close", async ({ delayMs, graceMs, lists }) => {
    const all = targets(6);
    await using api = await startListingApi(all);
    api.delayMs = delayMs;
    await using one = collectOutcomes(api, listIntervals);
    await watchAll(one, all);
    await sleep(50);
    await one.watcher.close({ graceMs });
    expect(listsOf(api)).toBe(lists);
    expect(one.events.filter(({ type }) => type === "listed")).toHaveLength(lists);
    expect(one.events.filter(({ type }) => type === "engine_error")).toEqual([]);
  });

  test.concurrent("leaves the last poll before a deadline to a poll by itself", async () => {
    const all = targets(6);
    await using api = await startListingApi(all);
    await using one = collectOutcomes(api, listIntervals);
    await watchAll(one, all.slice(1));
    await until("there are lists", () => listsOf(api) > 0);
    await one.watcher.watch(target(0), { maxWaitMs: 700 });
    await until("it has timed out", () => one.outcomes.length === 1);
    expect(one.outcomes[0]).toMatchObject({ ...target(0), endedAs: "timed_out" });
    expect(one.outcomes[0]?.elapsedMs).toBeGreaterThanOrEqual(700);
    expect(api.countOf(target(0).id)).toBeGreaterThanOrEqual(2);
  });

  test.concurrent("that meets a 401 pauses the polls, and is not asked for again meanwhile", async () => {
    const all = targets(6);
    await using api = await startListingApi(all);
    await using one = collectOutcomes(api, { ...listIntervals, probeEveryMs: 500 });
    await watchAll(one, all);
    await until("there were lists", () => listsOf(api) >= 3);
    api.acceptedKey = "q_sk_another-key-of-the-test";
    await until("polls are paused", () => one.events.some(({ type }) => type === "paused"));
    const listed = listsOf(api);
    await sleep(1500);
    expect(listsOf(api)).toBeLessThanOrEqual(listed + 1);
    expect(one.events.filter(({ type }) => type === "paused")).toHaveLength(1);
    expect(one.outcomes).toEqual([]);
    api.acceptedKey = api.apiKey;
    api.endAll = true;
    await until("every watch has its outcome", () => one.outcomes.length === all.length);
  });

  test.concurrent.for([{ age: "60" }, { "retry-after": "60" }])(
    "with the header %j is left alone for a while, and polls go on",
    async (listHeaders) => {
      const all = targets(6);
      await using api = await startListingApi(all);
      api.listHeaders = listHeaders;
      await using one = collectOutcomes(api, listIntervals);
      await watchAll(one, all);
      await until("all were polled by themselves, twice", () =>
        all.every(({ id }) => api.countOf(id) >= 2),
      );
      expect(listsOf(api)).toBe(1);
    },
  );

  test.concurrent("holds up nobody where onUpdate never returns for one", async () => {
    const all = targets(6);
    await using api = await startListingApi(all);
    await using one = collectOutcomes(api, {
      ...listIntervals,
      onUpdate: async ({ id }) => {
        if (id === target(0).id) await new Promise(() => undefined);
      },
    });
    await watchAll(one, all);
    await until("there are lists", () => listsOf(api) >= 3);
    api.endAll = true;
    await until("the others have their outcomes", () => one.outcomes.length === 5);
    expect(idsOf(one.outcomes)).not.toContain(target(0).id);
  });

  test.concurrent("is not read where polls are single", async () => {
    const all = targets(6);
    await using api = await startListingApi(all);
    await using one = collectOutcomes(api, { ...listIntervals, polls: "single" });
    await watchAll(one, all);
    await until("there were polls", () => api.requests.length >= 12);
    expect(listsOf(api)).toBe(0);
  });
});
