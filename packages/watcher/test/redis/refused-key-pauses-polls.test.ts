import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a 401", () => {
  test.concurrent("holds back the polls of its key on every machine, says so once, and is over by itself", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, intervalMs: 50 };
    await using one = await startWorker({ ...settings, probeEveryMs: 1000 });
    await using other = await startWorker({ ...settings, probeEveryMs: 1000 });
    await one.call({ do: "watch", targets: targets(30) });
    await until("polls go on", () => api.requests.length > 60);

    api.acceptedKey = "q_sk_another";
    await until("polls are paused", async () => (await other.overview()).paused !== null);
    const { paused } = await other.overview();
    expect(paused).toMatchObject({ reason: { status: 401, code: "authentication_failed" } });
    await until("no poll is running", async () => (await other.overview()).counts.polling === 0);
    const requests = api.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(api.requests.length - requests).toBeLessThan(10);
    const { waiting, polling } = (await other.overview()).counts;
    expect(waiting + polling).toBe(30);
    const told = [...one.messages, ...other.messages].filter(({ type }) => type === "paused");
    expect(told).toHaveLength(1);
    // One that starts now, such as to see what is wrong, tells its own log.
    await using late = await startWorker({ ...settings, probeEveryMs: 1000 });
    await until("it is told", () => late.messages.some(({ type }) => type === "paused"));

    api.acceptedKey = api.apiKey;
    api.endAll = true;
    await until("all are delivered", async () => (await one.overview()).counts.delivered === 30);
    expect((await one.overview()).paused).toBeNull();
    expect(await one.call({ do: "resume" })).toBe(false);
  });

  test.concurrent("of one machine's key holds back no machine with another key, and no deadline", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = { redisUrl: redis.url, apiUrl: api.url, intervalMs: 50 };
    await using old = await startWorker({ ...settings, apiKey: "q_sk_of-yesterday" });
    await old.call({ do: "watch", targets: [target(1)], options: { maxWaitMs: 300 } });
    await until("the watch is over", () => old.outcomes().length === 1);
    expect(old.outcomes()).toMatchObject([{ endedAs: "timed_out", error: { status: 401 } }]);

    await old.call({ do: "watch", targets: [target(2)] });
    await using next = await startWorker({ ...settings, apiKey: api.apiKey });
    await until("the new key polls", () => api.requests.some(({ status }) => status === 200));
    api.endAll = true;
    await until("it is delivered", async () => (await next.overview()).counts.delivered === 2);
  });
});
