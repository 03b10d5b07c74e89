import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { startWorker } from "../support/start-worker.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("a worker that is stopped for longer than its lock", () => {
  test("delivers once more by the same key, and counts as delivered only what Redis took", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.endAll = true;
    const settings = { redisUrl: redis.url, apiUrl: api.url, apiKey: api.apiKey };
    await using stopped = await startWorker({ ...settings, outcomeDelayMs: 400 });
    await stopped.call({ do: "watch", targets: [target(1)] });
    await until("it delivers", () => stopped.outcomes().length === 1);
    stopped.signal("SIGSTOP");
    await using other = await startWorker(settings);
    await until("another has delivered", () => other.delivered() === 1);
    stopped.signal("SIGCONT");
    await until("the first has, too", () => stopped.accepted().length === 1);
    expect(stopped.accepted()).toEqual(other.accepted());
    // What it would count, it would count now.
    await stopped.call({ do: "overview" });
    await sleep(200);
    expect(stopped.delivered()).toBe(0);
    expect((await other.overview()).counts.delivered).toBe(1);
  });
});
