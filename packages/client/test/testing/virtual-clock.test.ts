import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSyncLogClient, type SyncLogClientOptions } from "../../src/index.ts";
import { createVirtualClock } from "../../src/testing/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

afterEach(() => vi.useRealTimers());

/** A sync that ends with the `polls`th poll. */
function syncOf(polls: number): () => string {
  let polled = 0;
  return () => {
    polled += 1;
    return JSON.stringify(exampleSyncLog(polled < polls ? "ingesting" : "completed"));
  };
}

const baseUrl = "http://localhost";
const answerAtOnce = async (): Promise<Response> => new Response(syncOf(1)());
const neverAnswer = (): Promise<Response> => new Promise(() => undefined);
const neverEnd = async (): Promise<Response> => new Response(syncOf(2)());

describe("a virtual clock", () => {
  it("stands still while a request takes real time", async () => {
    const next = syncOf(10);
    const server = await startServer((_, response) => {
      setTimeout(() => response.end(next()), 5);
    });
    const clock = createVirtualClock();
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, clock });
    const { polls } = await clock.run(client.waitForSyncLog(ids, { maxWaitMs: 300_000 }));
    expect(polls).toBe(10);
  });

  it("stands still for what is awaited before a request, too, and where time is moved by hand", async () => {
    const clock = createVirtualClock();
    const hooks = { onRequest: () => sleep(5) };
    const client = createSyncLogClient({
      apiKey: () => sleep(5, apiKey),
      baseUrl,
      clock,
      hooks,
      fetch: answerAtOnce,
    });
    const call = client.getSyncLog(ids);
    await clock.advanceBy(60_000);
    await expect(call).resolves.toHaveProperty("status", "completed");
  });

  it("goes on without a request that never answers", async () => {
    const clock = createVirtualClock(0, { patienceMs: 5 });
    const client = createSyncLogClient({ apiKey, baseUrl, clock, fetch: neverAnswer });
    const error = await clock.run(syncLogErrorOf(client.getSyncLog(ids)));
    expect(error).toMatchObject({ code: "request_timeout", attempts: [{}, {}, {}] });
  });

  it("goes on with a request that takes virtual time, and is patient but once", async () => {
    const clock = createVirtualClock(0, { patienceMs: 20 });
    const next = syncOf(300);
    const fetch = () =>
      new Promise<Response>((resolve) => {
        clock.setTimeout(() => resolve(new Response(next())), 400);
      });
    const client = createSyncLogClient({ apiKey, baseUrl, clock, fetch });
    const { polls, elapsedMs } = await clock.run(
      client.waitForSyncLog(ids, { maxWaitMs: 10 ** 8 }),
    );
    expect(polls).toBe(300);
    expect(elapsedMs).toBeGreaterThan(300 * 400);
  });

  it("works under fake timers", async () => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance", "Date"],
    });
    const clock = createVirtualClock();
    const next = syncOf(10);
    const fetch = async () => new Response(next());
    const client = createSyncLogClient({ apiKey, baseUrl, clock, fetch });
    await expect(clock.run(client.waitForSyncLog(ids))).resolves.toHaveProperty("polls", 10);
  });

  it("works where it is loaded under fake timers", async () => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance", "Date"],
    });
    vi.resetModules();
    const { createVirtualClock: createLate } = await import("../../src/testing/index.ts");
    const clock = createLate();
    const next = syncOf(10);
    const fetch = async () => new Response(next());
    const client = createSyncLogClient({ apiKey, baseUrl, clock, fetch });
    await expect(clock.run(client.waitForSyncLog(ids))).resolves.toHaveProperty("polls", 10);
  });
});

describe("the system's clock under fake timers", () => {
  it.each<[string, Parameters<typeof vi.useFakeTimers>[0]]>([
    ["all", {}],
    ["the timers alone", { toFake: ["setTimeout", "clearTimeout"] }],
    ["what vitest 2 takes", { toFake: ["setTimeout", "clearTimeout", "setImmediate", "Date"] }],
  ])("waits as they say: %s", async (_, config) => {
    vi.useFakeTimers(config);
    const options: SyncLogClientOptions = { apiKey, baseUrl, fetch: neverEnd };
    const wait = syncLogErrorOf(
      createSyncLogClient(options).waitForSyncLog(ids, { maxWaitMs: 600_000 }),
    );
    await vi.advanceTimersByTimeAsync(601_000);
    const error = await wait;
    expect(error.code).toBe("wait_timeout");
    expect(error).toMatchObject({ elapsedMs: expect.closeTo(600_000, -4) });
    expect(Reflect.get(error, "polls")).toBeGreaterThan(20);
  });
});
