import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** From the first poll to the last delivery, in writes to Redis, a little apart. */
const moments = [17, 22, 26, 29, 33, 37, 41, 46, 52, 59];
const watchesPerMoment = 15;

describeRedis("kill -9 just before or just after a command to Redis", () => {
  test("loses no watch", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.endAll = true;
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, intervalMs: 20 };
    const all = targets(moments.length * watchesPerMoment);

    // It leaves nearly everything to the victims until they are dead.
    await using survivor = await startWorker({ ...settings, concurrency: 1, outcomeDelayMs: 100 });
    await survivor.call({ do: "watch", targets: all });
    await using stack = new AsyncDisposableStack();
    const victims = await Promise.all(
      moments.map(async (atWrite, index) => {
        const death = { atWrite, before: index % 2 === 0 };
        return stack.use(await startWorker(settings, { death }));
      }),
    );
    const allDelivered = async (): Promise<boolean> =>
      (await survivor.overview()).counts.delivered === all.length;
    await until("the victims are dead, or there is nothing left to do", async () => {
      return victims.every((victim) => victim.hasExited()) || (await allDelivered());
    });
    await using heir = await startWorker(settings);
    await until("all are delivered", allDelivered);

    const accepted = [survivor, heir, ...victims].flatMap((worker) => worker.accepted());
    // One that died between accepting and saying so to Redis leaves a second delivery, by the same key.
    expect(new Set(accepted).size).toBe(all.length);
    const died = victims.filter((victim) => victim.hasExited());
    expect(died.length).toBeGreaterThan(moments.length / 2);
  });
});
