import { Cluster, Redis } from "ioredis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** Gives the one node all slots; from then on it refuses what spans several. */
async function makeCluster(redis: Redis): Promise<void> {
  await redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
  await until("the cluster is up", async () => {
    return String(await redis.call("CLUSTER", "INFO")).includes("cluster_state:ok");
  });
}

describeRedis("a Redis Cluster", () => {
  test("holds each prefix in a slot of its own, and serves several", async () => {
    await using server = await startRedis({ cluster: true });
    await using api = await startSyncLogApi();
    api.endAll = true;
    await using stack = new AsyncDisposableStack();
    const redis = new Redis(server.url);
    stack.defer(() => redis.disconnect());
    await makeCluster(redis);

    const port = Number(new URL(server.url).port);
    const shards = ["shard-0", "shard-1"].map((prefix) => {
      const engine = bullmqEngine({
        prefix,
        connection: (purpose) =>
          new Cluster([{ host: "127.0.0.1", port }], {
            redisOptions: { maxRetriesPerRequest: purpose === "worker" ? null : 5 },
          }),
      });
      return stack.use(collectOutcomes(api, { engine }));
    });
    const all = targets(10);
    await Promise.all(all.map(async (one, n) => shards[n % 2]?.watcher.watch(one)));
    await until("all have their outcome", () => {
      return shards.every(({ outcomes }) => outcomes.length === all.length / 2);
    });

    const keys = await redis.keys("*");
    const slots = await Promise.all(keys.map(async (key) => redis.call("CLUSTER", "KEYSLOT", key)));
    expect(new Set(slots).size).toBe(2);
  });
});
