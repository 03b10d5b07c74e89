import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** Locks that no busy machine forgets to renew: only what is left locked is recovered. */
const connect = (redis: { url: string }, api: { url: string; apiKey: string }) => ({
  redisUrl: redis.url,
  apiUrl: api.url,
  apiKey: api.apiKey,
  lockMs: 15_000,
});

describeRedis("SIGTERM", () => {
  test("finishes polls in flight, and leaves the rest to others", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.delayMs = 300;
    const settings = { ...connect(redis, api), concurrency: 10 };
    await using leaving = await startWorker(settings);
    await leaving.call({ do: "watch", targets: targets(30) });
    await until("polls are in flight", async () => (await leaving.overview()).counts.polling > 0);
    await leaving.kill("SIGTERM");
    expect(leaving.messages.filter(({ type }) => type === "closed")).toHaveLength(1);

    // Nothing is left locked: the next process finds every watch waiting.
    await using staying = await startWorker(settings);
    const requests = api.requests.length;
    api.delayMs = 0;
    api.endAll = true;
    await until("all are delivered", async () => {
      const { counts } = await staying.overview();
      return counts.delivered === 30;
    });
    expect(api.requests.length).toBeGreaterThan(requests);
    expect(staying.messages.some(({ type }) => type === "recovered")).toBe(false);
  });

  test("hands over what takes longer than its grace", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = connect(redis, api);
    api.ended.set(targets(1)[0]?.id ?? "", "completed");
    await using leaving = await startWorker({ ...settings, outcomeDelayMs: 60_000 });
    await leaving.call({ do: "watch", targets: targets(1) });
    await until("an outcome is being delivered", () => leaving.outcomes().length === 1);
    // And a poll that does not come back.
    api.delayMs = 60_000;
    await leaving.call({ do: "watch", targets: targets(2) });
    await until("a poll hangs", async () => (await leaving.overview()).counts.polling === 1);

    await leaving.kill("SIGTERM");
    const closed = leaving.messages.find((message) => message.type === "closed");
    // Neither the delivery nor the poll was waited for.
    expect(closed?.tookMs).toBeLessThan(api.delayMs);

    api.delayMs = 0;
    api.endAll = true;
    await using staying = await startWorker(settings);
    await until("both are delivered", () => staying.accepted().length === 2);
    expect(staying.outcomes()).toContainEqual(leaving.outcomes()[0]);
    expect(staying.messages.some(({ type }) => type === "recovered")).toBe(false);
  });
});
