import { once } from "node:events";
import { createServer } from "node:net";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { Redis } from "ioredis";
import { describe, expect, test, vi } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

/** What a call of an engine rejects with. */
async function refusal(connection: string): Promise<string> {
  const engine = bullmqEngine({ connection });
  try {
    return await engine.status(target(1)).then(
      () => "It did not reject.",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  } finally {
    await engine.close(0);
  }
}

describe("a Redis that cannot be used is told by its address, why, and what to do", () => {
  const whatToDo = "Check that it runs, is reachable and accepts writes, and call again";

  test.each([
    ["redis://user:hunter2hunter2@127.0.0.1:1", "127.0.0.1:1", "ECONNREFUSED"],
    ["redis://user:hunter2hunter2@redis.invalid:6379", "redis.invalid:6379", "ENOTFOUND|EAI_AGAIN"],
  ])("%s", async (url, address, why) => {
    const message = await refusal(url);
    expect(message).toContain(`Redis at ${address}`);
    expect(message).toMatch(new RegExp(why, "u"));
    expect(message).toContain(whatToDo);
    expect(message).not.toContain("hunter2");
  });

  test("also one that says nothing, and one that does not speak TLS", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined));
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = `127.0.0.1:${portOf(silent)}`;
    const messages = await Promise.all([`redis://${address}`, `rediss://${address}`].map(refusal));
    silent.close();
    for (const message of messages) {
      expect(message).toMatch(new RegExp(`Redis at ${address} .*(?:time|tls)`, "iu"));
      expect(message).toContain(whatToDo);
    }
  });

  test.each([
    { host: "127.0.0.1", port: 1, keyPrefix: "mine:" },
    () => new Redis({ host: "127.0.0.1", port: 1, keyPrefix: "mine:", lazyConnect: true }),
  ])("a connection with a keyPrefix is refused (%#)", (connection) => {
    expect(() => bullmqEngine({ connection })).toThrow(/no keyPrefix: use the engine's prefix/u);
  });
});

describeRedis("a Redis that may evict watches", () => {
  test("is told at start and in health, and one that wants a password says so", async () => {
    await using redis = await startRedis({
      settings: ["--maxmemory-policy", "allkeys-lru"],
    });
    const admin = new Redis(redis.url);
    await admin.config("SET", "requirepass", "hunter2hunter2");
    admin.disconnect();
    expect(await refusal(redis.url)).toMatch(/Redis at 127\.0\.0\.1:\d+ .*NOAUTH.*Check that/u);
    await using api = await startSyncLogApi();
    using printed = vi.spyOn(console, "warn");
    const engine = bullmqEngine({
      connection: redis.url.replace("redis://", "redis://:hunter2hunter2@"),
    });
    await using collected = collectOutcomes(api, { engine });
    const { watcher, events } = collected;
    await until("it is told", () => events.some(({ type }) => type === "engine_error"));
    expect(watcher.health().warning).toMatch(
      /maxmemory-policy allkeys-lru .* set it to noeviction/u,
    );
    expect(watcher.health().trouble).toBeNull();
    expect(events.filter(({ type }) => type === "engine_error")).toHaveLength(1);
    // BullMQ's own words, from each of its connections, would be no JSON amid the lines of a log.
    expect(printed).not.toHaveBeenCalled();
  });

  test("is told where another one, or other settings, come behind the same address", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    await using collected = collectOutcomes(api, {
      engine: bullmqEngine({ connection: redis.url }),
    });
    const { watcher, events } = collected;
    await watcher.overview();
    const admin = new Redis(redis.url);
    const come = async (policy: string): Promise<void> => {
      await admin.config("SET", "maxmemory-policy", policy);
      await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    };
    expect(watcher.health().warning).toBeNull();
    await come("volatile-lru");
    const tells = /maxmemory-policy volatile-lru/u;
    await until("it is told", () =>
      events.some((event) => event.type === "engine_error" && tells.test(String(event.error))),
    );
    expect(watcher.health().warning).toMatch(tells);
    await come("noeviction");
    await until("it is over", () => watcher.health().warning === null);
    await admin.config("SET", "maxmemory-policy", "allkeys-random");
    await watcher.overview();
    expect(watcher.health().warning).toMatch(/allkeys-random/u);
    admin.disconnect();
  });
});
