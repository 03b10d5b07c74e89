import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "../../src/bullmq.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

const completed = "{sync-log}:outcomes:completed";

describeRedis("a delivered outcome", () => {
  test("is remembered for retainDeliveredMs, and then forgotten by whoever reads, and swept", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    await using stack = new AsyncDisposableStack();
    const connection = stack.adopt(new Redis(redis.url), (one) => one.disconnect());
    api.endAll = true;
    const deliver = async (n: number): Promise<void> => {
      const engine = bullmqEngine({ connection: redis.url, retainDeliveredMs: 1000 });
      await using collected = collectOutcomes(api, { engine });
      await collected.watcher.watch(target(n));
      await until("it is delivered", async () => (await connection.zcard(completed)) > 0);
      expect(await collected.watcher.status(target(n))).toMatchObject({ stage: "delivered" });
    };

    // Nobody sweeps once the only worker is closed: whoever reads looks at the time.
    await deliver(1);
    const reader = bullmqEngine({ connection: redis.url });
    stack.defer(() => reader.close(0));
    await until("it is forgotten", async () => (await reader.status(target(1))) === null);
    expect(await connection.zcard(completed)).toBe(1);
    for await (const listed of reader.list()) expect.fail(`${listed.id} is listed.`);
    expect(await reader.add(checkWatch(target(1), {}))).toBe(true);

    // Nothing else is delivered afterwards: a timer sweeps.
    const engine = bullmqEngine({ connection: redis.url, retainDeliveredMs: 1000 });
    await using collected = collectOutcomes(api, { engine });
    await until("it is delivered again", () => collected.outcomes.length === 1);
    await until("it is swept", async () => (await connection.zcard(completed)) === 0);
  });
});
