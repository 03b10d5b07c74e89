import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { mostWithin } from "../support/most-within.ts";
import { pollsBegan } from "../support/polls-began.ts";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const redisDelayMs = 150;

describeRedis("the rate limit", () => {
  test("holds over three processes together, in any second", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = {
      redisUrl: redis.url,
      apiUrl: api.url,
      apiKey: api.apiKey,
      intervalMs: 50,
      rateLimit: { max: 40, perMs: 1000 },
      // A job that is left to a leader begins, too, and gives its permit back.
      polls: "single" as const,
    };
    await using one = await startWorker(settings);
    await using two = await startWorker(settings);
    await using three = await startWorker(settings);
    await one.call({ do: "watch", targets: targets(60) });
    await until("there were 150 polls", () => api.requests.length >= 150);

    // A script that is preempted between the limiter and the event is late by some milliseconds: a span shorter by them is safe.
    const began = (await pollsBegan(redis.url)).map(({ atMs }) => atMs);
    expect(began.length).toBeGreaterThanOrEqual(150);
    expect(mostWithin(began, 1000 - redisDelayMs)).toBeLessThanOrEqual(40);
    const workers = [one, two, three];
    expect(
      workers.every(({ messages }) => messages.some(({ type }) => type === "rate_limited")),
    ).toBe(true);
  });
});
