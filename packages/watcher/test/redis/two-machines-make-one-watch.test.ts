import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("two machines that add the same watches", () => {
  test("make one of each, at the same instant, later, and after the outcome", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    // A lock that a busy machine forgot to renew would be one more delivery.
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, lockMs: 15_000 };
    await using one = await startWorker(settings);
    await using other = await startWorker(settings);
    const all = targets(40);
    const watch = { do: "watch", targets: all } as const;

    await Promise.all([one.call(watch), other.call(watch)]);
    const { counts } = await one.overview();
    expect(counts.waiting + counts.polling).toBe(all.length);
    expect(await other.call(watch)).toEqual(all.map(() => false));

    api.endAll = true;
    await until("all are delivered", async () => {
      const overview = await one.overview();
      return overview.counts.delivered === all.length;
    });
    expect(await one.call(watch)).toEqual(all.map(() => false));
    expect([...one.accepted(), ...other.accepted()]).toHaveLength(all.length);
    const requests = api.requests.length;
    await other.overview();
    expect(api.requests).toHaveLength(requests);
  });
});
