import { setTimeout as sleep } from "node:timers/promises";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import type { WatchStatus } from "../../src/index.ts";
import { createLaterWatches } from "../../src/redis/later-watches.ts";
import { createPulse } from "../../src/redis/pulse.ts";
import { closeQueues, openQueues } from "../../src/redis/queues.ts";
import { soundBackend } from "../../src/redis/sound-backend.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describeRedis("watches stored by a later version", () => {
  test("stay as they are, told once for all of them", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const admin = new Redis(redis.url);
    const caller = bullmqEngine({ connection: redis.url });
    const stored: string[] = [];
    for (const [n, one] of targets(60).entries()) {
      await caller.add(checkWatch(one, { maxWaitMs: 1 }));
      const hash = `{sync-log}:polls:${watchKey(one)}`;
      const { version: _version, ...watch } = JSON.parse((await admin.hget(hash, "data")) ?? "");
      stored.push(JSON.stringify({ ...watch, version: n % 2 === 0 ? 3 : 99 }));
      await admin.hset(hash, "data", stored[n] ?? "");
    }
    await caller.close(0);

    const logged: string[] = [];
    const log = (message: string): void => void logged.push(message);
    const logger = { debug: log, info: log, warn: log, error: log };
    const engine = bullmqEngine({ connection: redis.url });
    await using collected = collectOutcomes(api, { engine, logger });
    const { watcher, events } = collected;
    await until("all have been met", async () => {
      const score = `${Date.now() * 4096}`;
      return (await admin.zcount("{sync-log}:polls:delayed", score, "+inf")) === stored.length;
    });

    expect(events.filter(({ type }) => type === "unreadable")).toMatchObject([
      { parked: false, count: 1, error: { isLater: true } },
    ]);
    expect(logged.filter((line) => line.includes("later version"))).toHaveLength(1);
    expect(watcher.health().warning).toMatch(/cannot read .*version (?:3|99).*that stored them/u);
    const rows: WatchStatus[] = [];
    for await (const row of watcher.list()) rows.push(row);
    expect(rows).toHaveLength(stored.length);
    for (const [n, one] of targets(60).entries()) {
      const row = rows.find(({ id }) => id === one.id);
      expect(row).toMatchObject({ ...one, stage: "waiting", unreadable: { key: watchKey(one) } });
      expect(row?.unreadable?.reason).toContain(`version ${n % 2 === 0 ? 3 : 99}`);
      expect(await admin.hget(`{sync-log}:polls:${watchKey(one)}`, "data")).toBe(stored[n]);
    }
    expect(collected.outcomes).toEqual([]);
    expect(await watcher.watch(target(0))).toBe(false);
    expect(await watcher.cancel(target(0))).toBe(true);
    admin.disconnect();
  });

  test.each(["wait", "prioritized", "delayed"])(
    "hide no sound one whose poll is late: %s",
    async (place) => {
      await using redis = await startRedis();
      const admin = new Redis(redis.url);
      const caller = bullmqEngine({ connection: redis.url });
      const all = targets(700);
      for (const one of all.slice(-1)) await caller.add(checkWatch(one, {}));
      await admin.del("{sync-log}:polls:wait");
      const write = admin.pipeline();
      for (const [n, one] of all.entries()) {
        const key = watchKey(one);
        if (n < 699) write.hset(`{sync-log}:polls:${key}`, "data", '{"version":3}');
        if (place === "wait") write.lpush("{sync-log}:polls:wait", key);
        else write.zadd(`{sync-log}:polls:${place}`, n, key);
      }
      await write.exec();
      await sleep(10);
      expect((await caller.overview()).oldestDueMs).toBeGreaterThan(0);
      await caller.close(0);
      admin.disconnect();
    },
  );

  test("are warned of for as long as one is stored, however seldom they are met", async () => {
    await using redis = await startRedis();
    const admin = new Redis(redis.url);
    const pulse = createPulse(60_000, () => undefined);
    const queues = openQueues(soundBackend, admin, "{sync-log}", pulse);
    await queues.polls.waitUntilReady();
    const everyMs = 20;
    const later = createLaterWatches(queues, pulse, everyMs);
    for (const key of ["gone", "mended", "stored"]) {
      await admin.hset(`{sync-log}:polls:${key}`, "data", '{"version":7}');
      later.met("polls", key, "The data is of version 7.");
    }
    await admin.del("{sync-log}:polls:gone");
    await admin.hset("{sync-log}:polls:mended", "data", "{}");
    await sleep(10 * everyMs);
    expect(pulse.health().warning).toContain("version 7");
    await admin.del("{sync-log}:polls:stored");
    await until("there is none", () => pulse.health().warning === null, 5000);
    later.stop();
    await closeQueues(queues);
    admin.disconnect();
  });
});
