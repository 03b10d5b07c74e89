import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import type { WatchTarget, WatchUpdate } from "../../src/index.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { collectOnRedis } from "../support/collect-outcomes.ts";
import { idsOf, listsOf } from "../support/list-faults.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const all = targets(12);

async function startLed() {
  const stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const api = stack.use(await startSyncLogApi());
  api.listed = () => idsOf(all);
  const admin = stack.adopt(new Redis(redis.url), (one) => one.disconnect());
  const one = stack.use(collectOnRedis(redis.url, api));
  for (const target of all) {
    await one.watcher.watch(target, { metadata: "old", maxWaitMs: 600_000 });
  }
  await until("there are lists", () => listsOf(api) >= 3);
  /** When the jobs are due, in milliseconds from now. */
  const dueInMs = async (): Promise<number[]> => {
    const scores = await admin.zrange("{sync-log}:polls:delayed", "0", "-1", "WITHSCORES");
    return scores
      .filter((_, at) => at % 2 === 1)
      .map((score) => Number(score) / 0x1000 - Date.now());
  };
  return {
    api,
    redis,
    admin,
    one,
    dueInMs,
    [Symbol.asyncDispose]: async () => stack.disposeAsync(),
  };
}

describeRedis("watches in the hands of the process that reads their list", () => {
  test.concurrent("are others once they were cancelled and added again", async () => {
    await using led = await startLed();
    const { api, one } = led;
    for (const target of all) {
      expect(await one.watcher.cancel(target)).toBe(true);
      expect(await one.watcher.watch(target, { metadata: "new", maxWaitMs: 3000 })).toBe(true);
    }
    for (const { id } of all.slice(0, 6)) api.ended.set(id, "completed");
    await until("all have ended", () => one.outcomes.length === all.length);
    expect(one.outcomes.map(({ metadata }) => metadata)).toEqual(all.map(() => "new"));
    expect(one.outcomes.filter(({ endedAs }) => endedAs === "timed_out")).toHaveLength(6);
  });

  test.concurrent.each([
    ["by their ids", (target: WatchTarget) => target],
    ["by their keys", (target: WatchTarget) => watchKey(target)],
  ])(
    "are read and told no more once they are cancelled %s, and leave nothing behind",
    async (_how, by) => {
      await using led = await startLed();
      const { api, one, admin } = led;
      for (const target of all) expect(await one.watcher.cancel(by(target))).toBe(true);
      const [requests, updates] = [api.requests.length, one.updates.length];
      api.row = (row) => ({ ...row, recordsIngested: 451 });
      await until("the lead has ended", async () => (await admin.keys("*:watches:*")).length === 0);
      await expect(
        until("there is a request", () => api.requests.length > requests + 1, 1500),
      ).rejects.toThrow("Waited in vain");
      expect(one.updates).toHaveLength(updates);
      expect(one.outcomes).toEqual([]);
    },
  );

  test.concurrent("are soon polled by processes without lists, once their own has closed or died", async () => {
    await using led = await startLed();
    const { one, dueInMs } = led;
    expect(Math.max(...(await dueInMs()))).toBeLessThan(25_000);
    await one.watcher.close();
    const due = await dueInMs();
    expect(due).toHaveLength(all.length);
    expect(Math.max(...due)).toBeLessThan(3000);
  });

  test.concurrent("are told nothing older by the next one", async () => {
    await using led = await startLed();
    const { api, redis, one } = led;
    api.ingested = 900;
    const newest = (): WatchUpdate[] =>
      one.updates.filter(({ syncLog }) => syncLog.recordsIngested === 900);
    await until("all are told", () => newest().length === all.length);
    await one.watcher.close();
    // A replica that is behind answers the next lists.
    api.row = (row) => ({ ...row, recordsIngested: 500 });
    const before = listsOf(api);
    await using two = collectOnRedis(redis.url, api);
    await until("the next one reads lists", () => listsOf(api) > before);
    await until("all were polled since", () => api.requests.length > before + all.length);
    expect(two.updates.filter(({ syncLog }) => syncLog.recordsIngested === 500)).toEqual([]);
  });
});
