import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { embeddedEngine, type WatchStatus } from "../../src/index.ts";
import { collectOutcomes } from "../support/collect-outcomes.ts";
import { startSyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

describe("the embedded engine", () => {
  test("polls until the sync has ended, tells updates and the outcome, and remembers it", async () => {
    await using api = await startSyncLogApi();
    await using collected = collectOutcomes(api);
    const { watcher, outcomes, updates } = collected;
    expect(await watcher.watch(target(1), { metadata: { order: 7 } })).toBe(true);
    expect(await watcher.watch(target(1))).toBe(false);
    await until("it was polled three times", () => api.countOf(target(1).id) >= 3);
    expect(updates).toMatchObject([
      { ...target(1), syncLog: { status: "ingesting" }, percent: 25 },
    ]);

    api.ended.set(target(1).id, "failed");
    await until("there is an outcome", () => outcomes.length === 1);
    expect(outcomes).toMatchObject([
      { ...target(1), endedAs: "failed", metadata: { order: 7 }, syncLog: { status: "failed" } },
    ]);
    expect(await watcher.status(target(1))).toMatchObject({
      stage: "delivered",
      endedAs: "failed",
    });
    expect(await watcher.watch(target(1))).toBe(false);
    expect(await watcher.status(target(2))).toBeNull();
  });

  test("watches anew what had only timed out", async () => {
    await using api = await startSyncLogApi();
    await using collected = collectOutcomes(api);
    const { watcher, outcomes } = collected;
    await watcher.watch(target(1), { maxWaitMs: 50 });
    await until("it timed out", () => outcomes.length === 1);
    expect(outcomes[0]).toMatchObject({ endedAs: "timed_out", syncLog: null });
    await until("it counts as delivered", async () => {
      return (await watcher.status(target(1)))?.stage === "delivered";
    });
    api.endAll = true;
    expect(await watcher.watch(target(1))).toBe(true);
    await until("it has completed", () => outcomes.length === 2);
    expect(outcomes[1]).toMatchObject({ endedAs: "completed" });
    expect(outcomes[1]?.idempotencyKey).not.toBe(outcomes[0]?.idempotencyKey);
  });

  test("cancels a watch: no poll and no outcome follow", async () => {
    await using api = await startSyncLogApi();
    await using collected = collectOutcomes(api);
    const { watcher, outcomes } = collected;
    await watcher.watch(target(1));
    await until("it was polled", () => api.countOf(target(1).id) > 0);
    expect(await watcher.cancel(target(1))).toBe(true);
    expect(await watcher.cancel(target(1))).toBe(false);
    api.endAll = true;
    await watcher.watch(target(2));
    await until("the other has its outcome", () => outcomes.length === 1);
    expect(outcomes).toMatchObject([target(2)]);
    expect(await watcher.status(target(1))).toBeNull();
  });

  test("retries an onOutcome that throws, parks it, lists it and delivers it on redrive", async () => {
    await using api = await startSyncLogApi();
    api.endAll = true;
    let up = false;
    const keys: string[] = [];
    await using collected = collectOutcomes(api, {
      onOutcome: ({ idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (!up) throw new Error("not up to it");
      },
    });
    const { watcher, events } = collected;
    await watcher.watch(target(1));
    await until("it is parked", async () => (await watcher.overview()).counts.parked === 1);
    const parked: WatchStatus[] = [];
    for await (const status of watcher.list("parked")) parked.push(status);
    expect(parked).toMatchObject([{ failedDeliveries: 3, deliveryError: "not up to it" }]);
    const failures = events.filter((event) => event.type === "delivery_failed");
    expect(failures.map(({ parked: isParked }) => isParked)).toEqual([false, false, true]);

    up = true;
    expect(await watcher.redrive()).toBe(1);
    await until("it is delivered", async () => (await watcher.overview()).counts.delivered === 1);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  test("pauses on a 401, and goes on when it is told to", async () => {
    await using api = await startSyncLogApi();
    await using collected = collectOutcomes(api, { probeEveryMs: 500 });
    const { watcher, outcomes, events } = collected;
    api.acceptedKey = "q_sk_another";
    await Promise.all(targets(5).map((one) => watcher.watch(one)));
    await until("it is paused", async () => (await watcher.overview()).paused !== null);
    await until("nothing is polled", async () => (await watcher.overview()).counts.polling === 0);
    expect(events.filter(({ type }) => type === "paused")).toHaveLength(1);
    expect((await watcher.overview()).counts.waiting).toBe(5);
    api.acceptedKey = api.apiKey;
    api.endAll = true;
    expect(await watcher.resume()).toBe(true);
    await until("all have their outcome", () => outcomes.length === 5);
  });

  test("keeps to its rate limit and its concurrency", async () => {
    await using api = await startSyncLogApi();
    const engine = embeddedEngine({ rateLimit: { max: 5, perMs: 200 }, concurrency: 2 });
    await using collected = collectOutcomes(api, { engine, polls: "single" });
    const { watcher, events } = collected;
    await Promise.all(targets(20).map((one) => watcher.watch(one)));
    await nextTurn();
    expect((await watcher.overview()).counts.polling).toBe(2);
    await until(
      "there were 11 polls",
      () => events.filter((e) => e.type === "polled").length >= 11,
    );
    expect(events.some(({ type }) => type === "rate_limited")).toBe(true);
    const [first = 0] = api.requests.map(({ atMs }) => atMs);
    const tenth = api.requests[10]?.atMs ?? 0;
    // The eleventh must wait for two spans of the limit, whatever the machine does.
    expect(tenth - first).toBeGreaterThan(300);
  });

  test("closes within its grace, and takes nothing more", async () => {
    await using api = await startSyncLogApi();
    api.delayMs = 60_000;
    await using collected = collectOutcomes(api);
    const { watcher } = collected;
    await watcher.watch(target(1));
    await until("a poll hangs", async () => (await watcher.overview()).counts.polling === 1);
    await watcher.close({ graceMs: 50 });
    await expect(watcher.watch(target(2))).rejects.toMatchObject({ code: "watcher_closed" });
  });
});
