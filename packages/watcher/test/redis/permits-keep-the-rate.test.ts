import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { limiterWindow } from "../../src/redis/limiter-window.ts";
import { createPermits, takePermit } from "../../src/redis/permits.ts";
import { createPulse } from "../../src/redis/pulse.ts";
import { closeQueues, openQueues, type WatchQueues } from "../../src/redis/queues.ts";
import { soundBackend } from "../../src/redis/sound-backend.ts";
import { mostWithin } from "../support/most-within.ts";

const rateLimit = { max: 20, perMs: 1000 };
const window = limiterWindow(rateLimit);
/** How late a reply may be. */
const redisDelayMs = 150;

async function withQueues(use: (queues: WatchQueues) => Promise<void>): Promise<void> {
  await using redis = await startRedis();
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const pulse = createPulse(60_000, () => undefined);
  const queues = openQueues(soundBackend, connection, "of-a-test", pulse);
  try {
    await use(queues);
  } finally {
    await closeQueues(queues);
    connection.disconnect();
  }
}

describeRedis("permits", () => {
  test("are as many as the rate allows, however often they are asked for", async () => {
    await withQueues(async (queues) => {
      const givenAtMs: number[] = [];
      const endsAtMs = performance.now() + 2000;
      const askAgainAndAgain = async (): Promise<void> => {
        while (performance.now() < endsAtMs) {
          if ((await takePermit(queues, window)) === 0) givenAtMs.push(performance.now());
        }
      };
      await Promise.all(Array.from({ length: 20 }, askAgainAndAgain));
      expect(givenAtMs.length).toBeGreaterThan(rateLimit.max);
      expect(mostWithin(givenAtMs, 1000 - redisDelayMs)).toBeLessThanOrEqual(rateLimit.max);
    });
  });

  test("are given to workspaces in turn, and to the requests of one in order", async () => {
    await withQueues(async (queues) => {
      const permits = createPermits(queues, { max: 1, duration: 20 });
      const { signal } = new AbortController();
      const given: string[] = [];
      const take = async (workspaceId: string, name: string): Promise<void> => {
        if (await permits.take(workspaceId, signal)) given.push(name);
      };
      const ofMany = Array.from({ length: 6 }, (_, n) => take("many", `many ${n}`));
      await Promise.all([...ofMany, take("few", "few 0"), take("few", "few 1")]);
      const inTurn = "many 0, many 1, few 0, many 2, few 1, many 3, many 4, many 5";
      expect(given.join(", ")).toBe(inTurn);
      expect(await permits.take("many", AbortSignal.abort())).toBe(false);
    });
  });

  test("are counted anew where a window has no end", async () => {
    await withQueues(async (queues) => {
      await queues.connection.set(queues.polls.toKey("limiter"), window.max);
      expect(await takePermit(queues, window)).toBe(0);
      expect(await queues.connection.pttl(queues.polls.toKey("limiter"))).toBeGreaterThan(0);
    });
  });
});
