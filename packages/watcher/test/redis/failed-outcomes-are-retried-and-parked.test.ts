import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("an onOutcome that throws", () => {
  test("is called again, then parked, listed and redriven, always with one key", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.endAll = true;
    await using worker = await startWorker({
      redisUrl: redis.url,
      apiUrl: api.url,
      apiKey: api.apiKey,
      failing: true,
    });
    await worker.call({ do: "watch", targets: targets(2), options: { metadata: { order: 7 } } });
    await until("both are parked", async () => (await worker.overview()).counts.parked === 2);

    expect(worker.outcomes()).toHaveLength(6);
    expect(new Set(worker.outcomes().map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    const parked = await worker.list("parked");
    expect(parked).toHaveLength(2);
    expect(parked[0]).toMatchObject({
      stage: "parked",
      endedAs: "completed",
      failedDeliveries: 3,
      deliveryError: "The application is not up to it with [redacted].",
      metadata: { order: 7 },
    });

    await worker.call({ do: "fail", failing: false });
    expect(await worker.call({ do: "redrive" })).toBe(2);
    await until("both are delivered", async () => (await worker.overview()).counts.delivered === 2);
    expect(new Set(worker.accepted())).toEqual(
      new Set(parked.map(({ idempotencyKey }) => idempotencyKey)),
    );
    expect(await worker.call({ do: "redrive" })).toBe(0);
  });
});
