import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import type { WatchEngine, WatchStatus } from "../../src/index.ts";
import { createPulse } from "../../src/redis/pulse.ts";
import { closeQueues, openQueues } from "../../src/redis/queues.ts";
import { restoreAll, restoreJobs } from "../../src/redis/restore-jobs.ts";
import { soundBackend } from "../../src/redis/sound-backend.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const polls = "{sync-log}:polls";
const outcomes = "{sync-log}:outcomes";
const keyOf = (n: number): string => watchKey(target(n));
const hashOf = (n: number): string => `${polls}:${keyOf(n)}`;
const quick = { lockMs: 500, stalledCheckMs: 200 };

async function listed(engine: Pick<WatchEngine, "list">): Promise<WatchStatus[]> {
  const found: WatchStatus[] = [];
  for await (const status of engine.list()) found.push(status);
  return found;
}

const ofOtherType = async (redis: Redis, key: string): Promise<void> => {
  await redis.del(key);
  await redis.set(key, "x");
};

/** What stops BullMQ half way through the delayed jobs, or takes a job out of its set; and how many watches it costs. */
const harms: Readonly<Record<string, readonly [(redis: Redis) => Promise<unknown>, lost: number]>> =
  {
    "a job of another type": [(redis) => ofOtherType(redis, hashOf(0)), 1],
    "a priority that is no number": [(redis) => redis.hset(hashOf(0), "priority", "nan"), 0],
    "a counter that is no number": [
      async (redis) => {
        await redis.set(`${polls}:pc`, "many");
        for (let n = 0; n < 9; n++) await redis.hset(hashOf(n), "priority", 1);
      },
      0,
    ],
    "events of another type": [(redis) => ofOtherType(redis, `${polls}:events`), 0],
    "delayed jobs of another type": [(redis) => ofOtherType(redis, `${polls}:delayed`), 0],
    "jobs removed by hand": [
      async (redis) => {
        await redis.zrem(`${polls}:delayed`, keyOf(0), keyOf(1));
        await redis.hset(hashOf(2), "priority", "nan");
      },
      0,
    ],
    "rights withdrawn for a while": [
      async (redis) => {
        await redis.call("ACL", "SETUSER", "default", "-xadd", "-hset");
        setTimeout(() => {
          void redis.call("ACL", "SETUSER", "default", "+xadd", "+hset");
        }, 1500);
      },
      0,
    ],
  };

describeRedis("a watch that is in no queue", () => {
  test.concurrent.each(Object.entries(harms))("is polled all the same: %s", async (_name, harm) => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const admin = new Redis(redis.url);
    const caller = bullmqEngine({ connection: redis.url });
    const all = targets(10);
    await using watched = collectOutcomes(api, {
      polls: "single",
      minIntervalMs: 1500,
      maxIntervalMs: 1500,
      engine: bullmqEngine({ connection: redis.url, ...quick }),
    });
    for (const one of all) await caller.add(checkWatch(one, {}));
    await until("all wait for their next poll", async () => {
      return api.requests.length >= all.length && (await admin.zcard(`${polls}:delayed`)) === 10;
    });
    const [damage, lost] = harm;
    await damage(admin);
    api.endAll = true;
    await until("all have ended", () => watched.outcomes.length >= all.length - lost);
    await until("the rest is parked", async () => (await caller.overview()).counts.parked === lost);
    const ended = new Set(watched.outcomes.map(({ id }) => id));
    expect([...ended].toSorted()).toEqual(all.slice(lost).map(({ id }) => id));
    await caller.close(0);
    admin.disconnect();
  });

  test("is told once, and found by whoever asks for it", async () => {
    await using redis = await startRedis();
    const admin = new Redis(redis.url);
    const caller = bullmqEngine({ connection: redis.url });
    for (const one of targets(3)) await caller.add(checkWatch(one, {}));
    const lose = (): Promise<number> => admin.del(`${polls}:wait`);

    await lose();
    expect(await caller.add(checkWatch(target(0), {}))).toBe(false);
    expect(await admin.lrange(`${polls}:wait`, 0, -1)).toEqual([keyOf(0)]);
    expect(await caller.status(target(1))).toMatchObject({ stage: "waiting" });
    await lose();
    expect(await caller.cancel(target(1))).toBe(true);
    expect(await caller.status(target(1))).toBeNull();

    const data = JSON.stringify({ ...target(7), version: 99 });
    const orphan = `${outcomes}:${keyOf(7)}`;
    await admin.hset(orphan, "data", data);
    expect(await caller.status(target(7))).toMatchObject({ stage: "delivering" });
    await admin.del(`${outcomes}:wait`);
    expect(await caller.cancel(target(7))).toBe(true);
    await admin.hset(orphan, { data, finishedOn: Date.now(), returnvalue: "null" });
    expect(await caller.status(target(7))).toMatchObject({ stage: "delivered" });
    await admin.del(`${outcomes}:completed`);
    await admin.hdel(orphan, "returnvalue");
    expect(await caller.status(target(7))).toMatchObject({ stage: "parked" });

    await lose();
    await using api = await startSyncLogApi();
    await using watched = collectOutcomes(api, {
      engine: bullmqEngine({ connection: redis.url, ...quick }),
    });
    await until("both are polled", () => api.countOf(target(2).id) > 0);
    const told = watched.events.filter(({ type }) => type === "restored");
    expect(told).toEqual([{ type: "restored", count: 2 }]);
    await caller.close(0);
    admin.disconnect();
  });

  test.each([
    ["polls", "delayed"],
    ["outcomes", "delayed"],
    ["outcomes", "failed"],
    ["outcomes", "completed"],
  ])(
    "is not made by a key of another type, which can be cancelled: %s %s",
    async (queue, place) => {
      await using redis = await startRedis();
      const admin = new Redis(redis.url);
      const caller = bullmqEngine({ connection: redis.url });
      await admin.zadd(`{sync-log}:${queue}:${place}`, Date.now() * 0x1000, keyOf(1));
      await admin.set(`{sync-log}:${queue}:${keyOf(1)}`, "x");
      expect(await caller.redrive()).toBe(0);
      expect(await caller.redrive(target(1))).toBe(0);
      const [row] = await listed(caller);
      expect(row?.unreadable?.key).toBe(keyOf(1));
      expect(await caller.cancel(keyOf(1))).toBe(true);
      expect(await listed(caller)).toEqual([]);
      for (const own of ["meta", "wait", "events", `${keyOf(1)}:lock`]) {
        expect(await caller.cancel(own)).toBe(false);
      }
      expect(await admin.exists(`${polls}:meta`)).toBe(1);
      await caller.close(0);
      admin.disconnect();
    },
  );

  test("is found among 10,000 in a few steps", async () => {
    await using redis = await startRedis({ fsync: "everysec" });
    const admin = new Redis(redis.url);
    const caller = bullmqEngine({ connection: redis.url });
    await caller.overview();
    const write = admin.pipeline();
    for (let n = 0; n < 10_000; n++) {
      write.hset(hashOf(n), "data", "{}", "priority", 0);
      if (n % 10 !== 0) write.lpush(`${polls}:wait`, keyOf(n));
    }
    await write.exec();
    const pulse = createPulse(1000, () => undefined);
    const queues = openQueues(soundBackend, admin, "{sync-log}", pulse);
    await queues.polls.waitUntilReady();
    await restoreJobs(queues, "polls", []);
    await admin.config("RESETSTAT");
    expect(await restoreAll(queues, "polls")).toBe(1000);
    expect(await restoreAll(queues, "polls")).toBe(0);
    const stats = await admin.info("commandstats");
    const steps = Number(/cmdstat_evalsha:calls=(\d+)/u.exec(stats)?.[1]);
    expect(steps).toBeGreaterThan(10);
    expect(steps).toBeLessThan(30);
    expect(await admin.llen(`${polls}:wait`)).toBe(10_000);
    await closeQueues(queues);
    await caller.close(0);
    admin.disconnect();
  });
});
