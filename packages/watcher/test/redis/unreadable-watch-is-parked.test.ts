import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "../../src/bullmq.ts";
import type { WatchStatus } from "../../src/index.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a stored watch that cannot be read", () => {
  test("is parked with an event, and polled no more", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const engine = bullmqEngine({ connection: redis.url });
    const slow = { engine, minIntervalMs: 1000, maxIntervalMs: 1000 };
    await using collected = collectOutcomes(api, slow);
    const { watcher, events } = collected;
    await watcher.watch(target(1));
    await until("it is polled", () => api.countOf(target(1).id) > 0);

    const connection = new Redis(redis.url);
    const keys = await connection.keys("{sync-log}:polls:*");
    const key = keys.find((one) => /polls:[\w-]{22}$/u.test(one)) ?? "";
    const { deadlineAtMs: _gone, ...rest } = JSON.parse((await connection.hget(key, "data")) ?? "");
    await connection.hset(key, "data", JSON.stringify(rest));
    connection.disconnect();
    await until("it is parked", () => events.some(({ type }) => type === "unreadable"));
    const polls = api.countOf(target(1).id);

    const parked: WatchStatus[] = [];
    for await (const status of watcher.list("parked")) parked.push(status);
    expect(parked).toMatchObject([{ ...target(1), stage: "parked" }]);
    expect(parked[0]?.deliveryError).toContain("no valid deadlineAtMs");
    expect(api.countOf(target(1).id)).toBe(polls);
  });
});
