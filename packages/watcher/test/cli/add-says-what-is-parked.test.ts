import { PassThrough } from "node:stream";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { addOne } from "../../src/cli/add-watches.ts";
import { createCliOutput } from "../../src/cli/cli-output.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { target } from "../support/targets.ts";

describeRedis("sync-log-watcher add", () => {
  test("says why a watch that is there already waits for nothing", async () => {
    await using redis = await startRedis();
    const admin = new Redis(redis.url);
    const engine = bullmqEngine({ connection: redis.url });
    const key = watchKey(target(1));
    const add = async (): Promise<readonly [boolean, unknown, string]> => {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const output = createCliOutput(stdout, stderr, undefined);
      const isWatched = await addOne(target(1), engine, output, {});
      return [isWatched, JSON.parse(String(stdout.read())), String(stderr.read() ?? "")];
    };
    const move = async (from: string, to: string): Promise<void> => {
      await admin.del(`{sync-log}:polls:${from}`);
      await admin.zadd(`{sync-log}:polls:${to}`, 1, key);
    };
    expect(await add()).toEqual([true, { ...target(1), added: true }, ""]);
    expect(await add()).toEqual([true, { ...target(1), added: false }, ""]);
    await admin.hset(`{sync-log}:polls:${key}`, "data", '{"version":3}');
    const line = { ...target(1), added: false, reason: "The data is of version 3." };
    await move("wait", "delayed");
    expect(await add()).toEqual([true, line, ""]);
    await move("delayed", "failed");
    expect(await add()).toEqual([
      false,
      { ...line, stage: "parked" },
      expect.stringContaining(
        `is parked and waits for nothing: run sync-log-watcher cancel ${key}`,
      ),
    ]);
    await engine.close(0);
    admin.disconnect();
  });
});
