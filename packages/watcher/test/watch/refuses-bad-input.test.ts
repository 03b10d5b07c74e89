import { describe, expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { createSyncLogWatcher, embeddedEngine } from "../../src/index.ts";
import { target } from "../support/targets.ts";

const client = { getSyncLog: () => Promise.reject(new Error("never called")) };
const onOutcome = (): void => undefined;

describe("watch", () => {
  const watcher = createSyncLogWatcher({ client, onOutcome });

  test.each(["", ".", "..", "x".repeat(257), "line\nbreak", "\u0000"])(
    "refuses the id %j",
    async (id) => {
      const promise = watcher.watch({ workspaceId: "ws", id });
      await expect(promise).rejects.toMatchObject({ code: "watch_request" });
    },
  );

  test.each([0, -1, Number.NaN, Infinity])("refuses maxWaitMs %d", async (maxWaitMs) => {
    await expect(watcher.watch(target(1), { maxWaitMs })).rejects.toThrow(/maxWaitMs/u);
  });

  test("refuses metadata that is large or no JSON", async () => {
    const large = watcher.watch(target(1), { metadata: "x".repeat(20_000) });
    await expect(large).rejects.toThrow(/at most 16384 bytes/u);
    const cyclic: Record<string, never> = {};
    Object.assign(cyclic, { cyclic });
    await expect(watcher.watch(target(1), { metadata: cyclic })).rejects.toThrow(/must be JSON/u);
  });
});

describe("options", () => {
  test.each([
    ["minIntervalMs", { minIntervalMs: -1 }],
    ["minIntervalMs", { minIntervalMs: 10, maxIntervalMs: 5 }],
    ["notFoundGraceMs", { notFoundGraceMs: Number.NaN }],
    ["maxFailingMs", { maxFailingMs: -1 }],
    ["maxRetryAfterMs", { maxRetryAfterMs: Number.NaN }],
    ["pollTimeoutMs", { pollTimeoutMs: 0 }],
    ["delivery", { delivery: { maxAttempts: 0 } }],
  ])("names %s when it is not usable", (name, options) => {
    expect(() => createSyncLogWatcher({ client, onOutcome, ...options })).toThrow(name);
  });

  test.each([
    ["Redis URL", { connection: "http://127.0.0.1" }],
    ["prefix", { connection: "redis://127.0.0.1:1", prefix: "" }],
    ["concurrency", { connection: "redis://127.0.0.1:1", concurrency: 0.5 }],
    ["lockMs", { connection: "redis://127.0.0.1:1", lockMs: 1 }],
    ["rateLimit", { connection: "redis://127.0.0.1:1", rateLimit: { max: 0, perMs: 1 } }],
  ])("of bullmqEngine names %s", (name, options) => {
    expect(() => bullmqEngine(options)).toThrow(name);
  });

  test("of embeddedEngine names concurrency", () => {
    expect(() => embeddedEngine({ concurrency: 0 })).toThrow("concurrency");
  });

  test("never show the password of a Redis URL", () => {
    expect(() => bullmqEngine({ connection: "rediss:/user:s3cret@host" })).not.toThrow(/s3cret/u);
    expect(() => bullmqEngine({ connection: "postgres://u:s3cret@h" })).toThrow(/^(?!.*s3cret)/u);
  });
});
