import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { startWorker, type TestWorker } from "../support/start-worker.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("kill -9 of a worker", () => {
  test("loses no watch, whatever it was doing", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, intervalMs: 60 };
    await using survivor = await startWorker(settings);
    const all = targets(60);
    await survivor.call({ do: "watch", targets: all });

    // Killed in the midst of polls, again and again, and in the end in the midst of deliveries.
    api.delayMs = 20;
    const victims: TestWorker[] = [];
    for (let round = 0; round < 4; round++) {
      const victim = await startWorker({ ...settings, outcomeDelayMs: 30 });
      const before = api.requests.length;
      if (round === 3) api.endAll = true;
      await until("polls go on", () => api.requests.length > before + 40);
      await victim.kill("SIGKILL");
      victims.push(victim);
    }

    const accepted = (): Set<string> =>
      new Set([survivor, ...victims].flatMap((worker) => worker.accepted()));
    await until("every watch has its outcome", () => accepted().size === all.length);
    await until("nothing is left to do", async () => {
      const { counts } = await survivor.overview();
      return counts.delivered === all.length && counts.waiting === 0;
    });
    expect(survivor.messages.some(({ type }) => type === "recovered")).toBe(true);
  });
});
