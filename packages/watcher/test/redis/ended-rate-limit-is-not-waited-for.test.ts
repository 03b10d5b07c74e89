import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "../../src/bullmq.ts";
import { createSyncLogWatcher } from "../../src/index.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";

/** On a busy machine the end of a wait may pass between the look whether there is one and the wait itself. */
function letTimePassBetweenLooks(passedMs: number): void {
  const { now } = Date;
  let looks = 0;
  vi.spyOn(Date, "now").mockImplementation(() => now() + (looks++ % 2) * passedMs);
  onTestFinished(() => void vi.restoreAllMocks());
}

describeRedis("a rate limit that ends before the wait for it begins", () => {
  test("is not waited for with a negative timer", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const warnings: string[] = [];
    const onWarning = ({ name }: Error): unknown => warnings.push(name);
    process.on("warning", onWarning);
    onTestFinished(() => void process.off("warning", onWarning));
    const watcher = createSyncLogWatcher({
      client: createSyncLogClient({ apiKey: api.apiKey, baseUrl: api.url }),
      engine: bullmqEngine({ connection: redis.url, rateLimit: { max: 10, perMs: 200 } }),
      polls: "single",
      minIntervalMs: 10,
      maxIntervalMs: 10,
      onOutcome: () => undefined,
    });
    await watcher.watch(target(0));
    await watcher.watch(target(1));
    letTimePassBetweenLooks(25);
    await sleep(600);
    await watcher.close({ graceMs: 200 });
    expect(api.requests.length).toBeGreaterThan(10);
    expect(warnings).toEqual([]);
  });
});
