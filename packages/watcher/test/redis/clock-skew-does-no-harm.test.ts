import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { pollsBegan } from "../support/polls-began.ts";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const fiveMinutesMs = 300_000;

/** The shortest time in which so many polls followed each other. */
function shortestRunMs(moments: readonly number[], polls: number): number {
  const runs = moments.slice(polls - 1).map((atMs, index) => atMs - (moments[index] ?? 0));
  return Math.min(...runs);
}

test("a poll that is early shortens the shortest run", () => {
  expect(shortestRunMs([0, 400, 800, 1200, 1600, 2000], 5)).toBe(1600);
  expect(shortestRunMs([0, 400, 800, 810, 1210, 1610], 5)).toBeLessThan(4 * 400 * 0.85);
});

describeRedis("clocks that disagree by five minutes", () => {
  test("make polls neither early nor late, and lose nothing", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const intervalMs = 400;
    // A lock that a busy machine forgot to renew would be more deliveries.
    const locks = { intervalMs, lockMs: 15_000 };
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey, ...locks };
    await using ahead = await startWorker(settings, { skewMs: fiveMinutesMs });
    await using right = await startWorker(settings);
    await using behind = await startWorker(settings, { skewMs: -fiveMinutesMs });
    const dates = await Promise.all([ahead, behind].map((worker) => worker.call({ do: "now" })));
    expect(Number(dates[0]) - Number(dates[1])).toBeGreaterThan(fiveMinutesMs);

    const all = targets(30);
    const options = { maxWaitMs: 60_000 };
    await ahead.call({ do: "watch", targets: all.slice(0, 10), options });
    await right.call({ do: "watch", targets: all.slice(10, 20), options });
    await behind.call({ do: "watch", targets: all.slice(20), options });
    await until("each was polled five times", () => all.every(({ id }) => api.countOf(id) >= 5));

    // A machine that took another's clock for its own would poll at once, or in five minutes. One poll of five in a row that is
    // early would shorten their time by a quarter.
    const began = await pollsBegan(redis.url);
    const jobIds = new Set(began.map(({ jobId }) => jobId));
    expect(jobIds.size).toBe(all.length);
    for (const id of jobIds) {
      const moments = began.filter(({ jobId }) => jobId === id).map(({ atMs }) => atMs);
      expect(shortestRunMs(moments, 5)).toBeGreaterThan(4 * intervalMs * 0.85);
    }

    // What the one that is ahead has planned is taken over at once by those that are not.
    await ahead.kill("SIGTERM");
    const counts = new Map(all.map(({ id }) => [id, api.countOf(id)]));
    await until("each is polled again", () =>
      all.every(({ id }) => api.countOf(id) > (counts.get(id) ?? 0)),
    );
    api.endAll = true;
    await until("all are delivered", async () => (await right.overview()).counts.delivered === 30);
    const outcomes = [...ahead.outcomes(), ...right.outcomes(), ...behind.outcomes()];
    expect(new Set(outcomes.map(({ endedAs }) => endedAs))).toEqual(new Set(["completed"]));
    expect(Math.max(...outcomes.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(60_000);
    expect(outcomes).toHaveLength(30);
  });
});
