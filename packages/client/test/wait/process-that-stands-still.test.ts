import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { createVirtualClock } from "../../src/testing/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

/** A client whose clock a test can also put forward without a timer: as it is where a process was frozen. */
function createFrozenClient(answer: (poll: number) => Promise<Response>) {
  const clock = createVirtualClock();
  let frozenMs = 0;
  let polls = 0;
  const client = createSyncLogClient({
    apiKey,
    baseUrl: "http://localhost",
    clock: { ...clock, nowMs: () => clock.nowMs() + frozenMs },
    random: () => 0.5,
    fetch: () => answer((polls += 1)),
  });
  const freeze = (durationMs: number): void => void (frozenMs += durationMs);
  return { client, clock, freeze, polls: () => polls };
}

const log = (status: string): Promise<Response> =>
  Promise.resolve(Response.json(exampleSyncLog("ingesting", { status })));

/** A server that is away for the first polls; `send` is called before each answer, with its number. */
const away =
  (polls: number, send: (poll: number) => void = () => undefined) =>
  (poll: number): Promise<Response> => {
    send(poll);
    if (poll > polls) return log("completed");
    return Promise.resolve(new Response(null, { status: 503 }));
  };

it("looks once more before a wait is over, where its end was slept through", async () => {
  const frozen = createFrozenClient((poll) => log(poll < 3 ? "ingesting" : "completed"));
  const wait = frozen.client.waitForSyncLog(ids, { maxWaitMs: 60_000 });
  await frozen.clock.advanceBy(1500);
  expect(frozen.polls()).toBe(2);
  frozen.freeze(3_600_000);
  expect(await frozen.clock.run(wait)).toMatchObject({ status: "completed", polls: 3 });
});

it("looks once more where a poll was under way, and where the first one fails", async () => {
  const frozen = createFrozenClient(async (poll) => {
    if (poll === 1) return log("ingesting");
    if (poll > 2) return log("completed");
    // A connection that was cut meanwhile.
    await new Promise<void>((resolve) => void frozen.clock.setTimeout(resolve, 100));
    throw new TypeError("fetch failed");
  });
  const wait = frozen.client.waitForSyncLog(ids, { maxWaitMs: 60_000 });
  await frozen.clock.advanceBy(1100);
  expect(frozen.polls()).toBe(2);
  frozen.freeze(3_600_000);
  expect(await frozen.clock.run(wait)).toMatchObject({ status: "completed", polls: 3 });
});

it.each([5, 1000])(
  "looks twice where the first look fails, every %i ms before",
  async (minIntervalMs) => {
    const frozen = createFrozenClient(away(Infinity));
    const limits = { maxWaitMs: 60_000, minIntervalMs, maxIntervalMs: minIntervalMs };
    const wait = rejection(frozen.client.waitForSyncLog(ids, limits));
    await frozen.clock.advanceBy(1500);
    const polls = frozen.polls();
    frozen.freeze(3_600_000);
    expect(await frozen.clock.run(wait)).toMatchObject({ code: "wait_timeout", polls: polls + 2 });
  },
);

it("ends soon after, and after the second time at once, where the sync has not ended", async () => {
  const frozen = createFrozenClient(() => log("ingesting"));
  const wait = rejection(frozen.client.waitForSyncLog(ids, { maxWaitMs: 60_000 }));
  await frozen.clock.advanceBy(1500);
  frozen.freeze(3_600_000);
  await frozen.clock.advanceBy(1000);
  const polls = frozen.polls();
  expect(polls).toBeGreaterThan(2);
  frozen.freeze(3_600_000);
  expect(await frozen.clock.run(wait)).toMatchObject({ code: "wait_timeout" });
  expect(frozen.polls()).toBe(polls);
});

it("does not count the time between two failed polls for which it stood still as failing", async () => {
  const frozen = createFrozenClient(away(2));
  const wait = frozen.client.waitForSyncLog(ids, { maxFailingMs: 1500 });
  await frozen.clock.advanceBy(100);
  frozen.freeze(3_600_000);
  expect(await frozen.clock.run(wait)).toMatchObject({ status: "completed", polls: 3 });
});

it("nor that of a poll under way", async () => {
  const frozen = createFrozenClient(
    away(2, (poll) => void (poll === 2 && frozen.freeze(3_600_000))),
  );
  const wait = frozen.client.waitForSyncLog(ids, { maxFailingMs: 40_000 });
  expect(await frozen.clock.run(wait)).toMatchObject({ status: "completed", polls: 3 });
});

it("counts the failing before and after it", async () => {
  const frozen = createFrozenClient(away(99));
  const wait = rejection(frozen.client.waitForSyncLog(ids, { maxFailingMs: 20_000 }));
  await frozen.clock.advanceBy(10_000);
  frozen.freeze(3_600_000);
  expect(await frozen.clock.run(wait)).toMatchObject({ code: "server_error" });
  expect(frozen.clock.nowMs()).toBeGreaterThan(15_000);
  expect(frozen.clock.nowMs()).toBeLessThan(60_000);
});

it.each([0, 1, 20])(
  "ends a wait of %i ms in time where a timer is a little late",
  async (maxWaitMs) => {
    const frozen = createFrozenClient(() => log("ingesting"));
    const wait = rejection(frozen.client.waitForSyncLog(ids, { maxWaitMs }));
    frozen.freeze(30);
    expect(await frozen.clock.run(wait)).toMatchObject({ code: "wait_timeout", polls: 1 });
    expect(frozen.clock.nowMs()).toBeLessThanOrEqual(maxWaitMs);
  },
);

it("looks once more after the event loop was held, over a socket", async () => {
  const server = await startServer((_, response) => {
    const status = server.requests.length < 2 ? "ingesting" : "completed";
    response.end(JSON.stringify(exampleSyncLog("ingesting", { status })));
  });
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  let isHeld = false;
  const onProgress = (): void => {
    if (isHeld) return;
    isHeld = true;
    const untilMs = performance.now() + 700;
    while (performance.now() < untilMs);
  };
  const wait = client.waitForSyncLog(ids, { maxWaitMs: 600, onProgress });
  expect(await wait).toMatchObject({ status: "completed", polls: 2 });
});
