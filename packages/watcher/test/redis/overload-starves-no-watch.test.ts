import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets, workspaceId } from "../support/targets.ts";
import { until } from "../support/until.ts";

const count = 250;

describeRedis("more watches than the rate limit allows to poll in time", () => {
  test.concurrent.each([1, 2, 50])("are all polled in turn: %i workspaces", async (workspaces) => {
    await using redis = await startRedis({ fsync: "everysec" });
    await using api = await startSyncLogApi();
    const rateLimit = { max: 200, perMs: 1000 };
    const engine = bullmqEngine({ connection: redis.url, rateLimit });
    const caller = bullmqEngine({ connection: redis.url });
    const all = targets(count).map((one, n) => ({
      ...one,
      workspaceId: `${workspaceId.slice(0, -2)}${String(n % workspaces).padStart(2, "0")}`,
    }));
    for (const one of all) await caller.add(checkWatch(one, {}));
    await using watched = collectOutcomes(api, {
      engine,
      polls: "single",
      minIntervalMs: 200,
      maxIntervalMs: 200,
    });
    const polled = (): number => new Set(api.requests.map(({ id }) => id)).size;
    await until("each was polled", () => polled() === count);
    // In one line each has its turn once.
    expect(api.requests.length / count).toBeLessThan(1.5);
    const askedBefore = api.requests.length;
    for (const { id } of all.slice(-50)) api.ended.set(id, "completed");
    await until("those that have ended are told", () => watched.outcomes.length === 50);
    const turnsToTell = (api.requests.length - askedBefore) / count;
    expect(turnsToTell).toBeLessThan(1.5);
    await caller.close(0);
  });
});
