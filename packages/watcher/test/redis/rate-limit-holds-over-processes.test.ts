import { expect, test } from "vitest";
import { describeRedis, startRedis } from "../support/redis-server.ts";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** The most that fell into any span of that length. */
function mostWithin(momentsMs: readonly number[], spanMs: number): number {
  let from = 0;
  let most = 0;
  for (const [to, atMs] of momentsMs.entries()) {
    while (atMs - (momentsMs[from] ?? atMs) >= spanMs) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

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
    };
    await using one = await startWorker(settings);
    await using two = await startWorker(settings);
    await using three = await startWorker(settings);
    await one.call({ do: "watch", targets: targets(60) });
    await until("there were 150 polls", () => api.requests.length >= 150);

    const moments = api.requests.map(({ atMs }) => atMs);
    // A request may be a little slower than the next one: what was apart can arrive together.
    expect(mostWithin(moments, 1000)).toBeLessThanOrEqual(40 + 4);
    const workers = [one, two, three];
    expect(
      workers.every(({ messages }) => messages.some(({ type }) => type === "rate_limited")),
    ).toBe(true);
  });
});
