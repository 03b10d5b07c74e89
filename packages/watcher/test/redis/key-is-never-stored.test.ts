import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** Everything that is in Redis, as one text. */
async function everything(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys("*");
    const dumps = await Promise.all(keys.map((key) => readKey(redis, key)));
    return [...keys, ...dumps].join("\n");
  } finally {
    redis.disconnect();
  }
}

async function readKey(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === "hash") return JSON.stringify(await redis.hgetall(key));
  if (type === "list") return JSON.stringify(await redis.lrange(key, 0, -1));
  if (type === "zset") return JSON.stringify(await redis.zrange(key, "0", "-1"));
  if (type === "set") return JSON.stringify(await redis.smembers(key));
  if (type === "stream") return JSON.stringify(await redis.xrange(key, "-", "+"));
  return (await redis.get(key)) ?? "";
}

describeRedis("the API key", () => {
  test("is in no job, whatever became of the watch", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    await using worker = await startWorker({
      redisUrl: redis.url,
      apiUrl: api.url,
      apiKey: api.apiKey,
      failing: true,
    });
    api.ended.set(target(0).id, "failed");
    api.broken.set(target(1).id, 503);
    await worker.call({ do: "watch", targets: targets(3), options: { metadata: "findable" } });
    await until("one is parked", async () => (await worker.overview()).counts.parked === 1);
    await until("one has failed polls", () => api.countOf(target(1).id) > 2);
    api.acceptedKey = "q_sk_another";
    await until("polls are paused", async () => (await worker.overview()).paused !== null);

    const stored = await everything(redis.url);
    expect(stored).toContain("findable");
    expect(stored).toContain("authentication_failed");
    expect(stored).toContain("not up to it with [redacted]");
    expect(stored).not.toContain(api.apiKey);
    expect(stored).not.toContain(Buffer.from(api.apiKey).toString("base64"));
  });
});
