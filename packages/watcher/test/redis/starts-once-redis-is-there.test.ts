import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a watcher that is created while Redis is away", () => {
  test("rejects calls meanwhile, and works once Redis is there", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.endAll = true;
    await redis.kill();
    const engine = bullmqEngine({ connection: redis.url });
    await using collected = collectOutcomes(api, { engine });
    const { watcher, outcomes, events } = collected;
    await expect(watcher.watch(target(0))).rejects.toThrow(
      /Redis at 127\.0\.0\.1:\d+ .* ECONNREFUSED/u,
    );
    expect(events.some(({ type }) => type === "engine_error")).toBe(true);

    await redis.start();
    await until("watches are taken", async () => {
      const taken = await Promise.allSettled(targets(3).map((one) => watcher.watch(one)));
      return taken.every(({ status }) => status === "fulfilled");
    });
    await until("all have their outcome", () => outcomes.length === 3);
  });
});
