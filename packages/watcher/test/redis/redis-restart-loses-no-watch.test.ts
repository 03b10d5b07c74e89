import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a Redis that is killed and started again", () => {
  test.concurrent("has lost no watch, no matter which process was polling or delivering", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, intervalMs: 50 };
    await using first = await startWorker({ ...settings, outcomeDelayMs: 20 });
    await using second = await startWorker({ ...settings, outcomeDelayMs: 20 });
    const all = targets(80);
    await first.call({ do: "watch", targets: all });

    for (let round = 0; round < 2; round++) {
      const before = api.requests.length;
      await until("polls go on", () => api.requests.length > before + 150);
      if (round === 1) api.endAll = true;
      await redis.kill();
      await redis.start();
    }

    const accepted = (): Set<string> => new Set([...first.accepted(), ...second.accepted()]);
    await until("every watch has its outcome", () => accepted().size === all.length);
    await until("every outcome counts as delivered", async () => {
      const { counts } = await second.overview();
      return counts.delivered === all.length;
    });
    expect(first.hasExited() || second.hasExited()).toBe(false);
  });

  test.concurrent("is not taken for one that has stored a watch while it is away", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    await using worker = await startWorker({
      redisUrl: redis.url,
      apiUrl: api.url,
      apiKey: api.apiKey,
    });
    await redis.kill();
    await expect(worker.call({ do: "watch", targets: targets(1) })).rejects.toThrow(
      /Redis at 127\.0\.0\.1:\d+ .* ECONNREFUSED/u,
    );
    await redis.start();
    expect(await worker.call({ do: "watch", targets: targets(1) })).toEqual([true]);
  });
});
