import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a 401", () => {
  test("pauses the polls of every machine, says so once, and fails no watch", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, intervalMs: 50 };
    await using one = await startWorker(settings);
    await using other = await startWorker(settings);
    await one.call({ do: "watch", targets: targets(30) });
    await until("polls go on", () => api.requests.length > 60);

    api.acceptedKey = "q_sk_another";
    await until("polls are paused", async () => (await other.overview()).paused !== null);
    await until("no poll is running", async () => (await other.overview()).counts.polling === 0);
    const requests = api.requests.length;

    const { paused, counts } = await other.overview();
    expect(paused).toMatchObject({ reason: { status: 401, code: "authentication_failed" } });
    expect(counts).toMatchObject({ waiting: 30, parked: 0, delivered: 0 });
    const told = [...one.messages, ...other.messages].filter(({ type }) => type === "paused");
    expect(told).toHaveLength(1);

    // A machine that starts meanwhile does not poll either.
    await using late = await startWorker(settings);
    await late.call({ do: "watch", targets: targets(31) });
    expect(api.requests).toHaveLength(requests);

    api.acceptedKey = api.apiKey;
    api.endAll = true;
    expect(await late.call({ do: "resume" })).toBe(true);
    await until("all are delivered", async () => (await late.overview()).counts.delivered === 31);
    expect((await late.overview()).paused).toBeNull();
    expect(await late.call({ do: "resume" })).toBe(false);
  });
});
