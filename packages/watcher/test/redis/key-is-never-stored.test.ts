import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { everythingIn } from "../support/everything-in.ts";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

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

    const stored = await everythingIn(redis.url);
    expect(stored).toContain("findable");
    expect(stored).toContain("authentication_failed");
    expect(stored).toContain("not up to it with [redacted]");
    expect(stored).not.toContain(api.apiKey);
    expect(stored).not.toContain(Buffer.from(api.apiKey).toString("base64"));
  });
});
