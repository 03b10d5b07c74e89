import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import type { WatchEngine, WatchStatus } from "../../src/index.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { watchKey } from "../../src/watch/watch-target.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const polls = "{sync-log}:polls";
const hashOf = (n: number): string => `${polls}:${watchKey(target(n))}`;

type Damage = (redis: Redis, hash: string) => Promise<unknown>;

const set =
  (field: string, value: string): Damage =>
  (redis, hash) =>
    redis.hset(hash, field, value);

/** Only its place is left then, of which BullMQ may take it together with others. */
const gone: Damage = (redis, hash) => redis.del(hash);

/** What is no watch any more. */
const unreadable: readonly Damage[] = [
  async (redis, hash) => {
    const data = (await redis.hget(hash, "data")) ?? "";
    await redis.hset(hash, "data", data.replace(/"dueAtMs":\d+/u, '"dueAtMs":NaN'));
  },
  async (redis, hash) =>
    redis.hset(hash, "data", ((await redis.hget(hash, "data")) ?? "").slice(0, -9)),
  set("data", ""),
  set("data", "\u0000\uFFFD"),
  set("data", "null"),
  (redis, hash) => redis.hdel(hash, "data"),
  gone,
  async (redis, hash) => {
    await redis.del(hash);
    await redis.rpush(hash, "a");
  },
];

/** What is one all the same. */
const readable: readonly Damage[] = [
  set("opts", "{"),
  set("opts", "null"),
  set("opts", '{"attempts":"many","removeOnFail":"x","parent":7,"backoff":[],"repeatJobKey":"r"}'),
  set("progress", "half"),
  set("stacktrace", "at"),
  set("atm", "some"),
  set("ats", "some"),
  set("stc", "some"),
  set("priority", "high"),
  set("priority", "nan"),
  set("timestamp", "noon"),
  set("parent", "{"),
  set("parentKey", polls),
  set("rjk", "every:day"),
  set("deid", "x"),
  set("defa", "It failed."),
  set("id", "another"),
  set("returnvalue", "{"),
];

async function listed(engine: Pick<WatchEngine, "list">): Promise<WatchStatus[]> {
  const found: WatchStatus[] = [];
  for await (const status of engine.list()) found.push(status);
  return found;
}

const quick = { lockMs: 500, stalledCheckMs: 200 };

describeRedis("a watch whose stored job is damaged", () => {
  test.concurrent.each(["wait", "delayed"])(
    "is parked once if it cannot be read, and goes on otherwise, as all others do: %s",
    async (state) => {
      await using redis = await startRedis();
      await using api = await startSyncLogApi();
      api.endAll = true;
      const admin = new Redis(redis.url);
      const caller = bullmqEngine({ connection: redis.url });
      const broken = unreadable.filter((damage) => damage !== gone || state === "wait");
      const damages = [...broken, ...readable];
      const all = targets(damages.length + 1);
      for (const one of all) await caller.add(checkWatch(one, {}));
      for (const [n, damage] of damages.entries()) await damage(admin, hashOf(n));
      if (state === "delayed") {
        await admin.del(`${polls}:wait`);
        for (const one of all) await admin.zadd(`${polls}:delayed`, 1, watchKey(one));
      }
      expect(await listed(caller)).toHaveLength(all.length);

      const engine = bullmqEngine({ connection: redis.url, ...quick });
      await using collected = collectOutcomes(api, { engine });
      const { events, outcomes } = collected;
      const expected = all.slice(broken.length).map(({ id }) => id);
      await until("all others have ended", () => outcomes.length >= expected.length);
      await until("the rest is parked", async () => {
        const { counts } = await caller.overview();
        return counts.parked === broken.length && counts.delivered === expected.length;
      });
      expect(outcomes.map(({ id }) => id).toSorted()).toEqual(expected);
      const parked = events.filter(({ type }) => type === "unreadable");
      expect(parked).toHaveLength(broken.length);

      const rows = await listed(caller);
      expect(rows).toHaveLength(all.length);
      for (const [n] of broken.entries()) {
        const key = watchKey(target(n));
        const row = rows.find((one) => one.unreadable?.key === key);
        expect(row).toMatchObject({ stage: "parked", unreadable: { reason: expect.any(String) } });
        expect(await caller.status(target(n))).toEqual(row);
        expect(await caller.add(checkWatch(target(n), {}))).toBe(false);
        expect(await caller.cancel(n % 2 === 0 ? target(n) : key)).toBe(true);
        expect(await caller.status(target(n))).toBeNull();
      }
      expect(await listed(caller)).toHaveLength(expected.length);
      await caller.close(0);
      admin.disconnect();
    },
  );

  test.concurrent.each(["wait", "delayed", "prioritized", "active", "failed", "completed"])(
    "has a row, and can be cancelled: %s",
    async (state) => {
      await using redis = await startRedis();
      const admin = new Redis(redis.url);
      const caller = bullmqEngine({ connection: redis.url });
      const places = state === "completed" ? ["outcomes"] : ["polls", "outcomes"];
      const damages = [...unreadable.slice(1), (): Promise<void> => Promise.resolve()];
      let n = 0;
      for (const queue of places) {
        for (const damage of damages) {
          const key = watchKey(target(n++));
          const hash = `{sync-log}:${queue}:${key}`;
          await admin.hset(hash, "data", '{"workspaceId":"ws_1","id":"sync_1"');
          await damage(admin, hash);
          const place = `{sync-log}:${queue}:${state}`;
          if (state === "wait" || state === "active") await admin.lpush(place, key);
          else await admin.zadd(place, Date.now(), key);
        }
      }
      const keys = (await listed(caller)).map(({ unreadable: why }) => why?.key ?? "readable");
      expect(keys.toSorted()).toEqual(targets(n).map(watchKey).toSorted());
      // An outcome that is being delivered cannot be cancelled.
      for (const key of state === "active" ? [] : keys) expect(await caller.cancel(key)).toBe(true);
      await caller.close(0);
      admin.disconnect();
    },
  );
});
