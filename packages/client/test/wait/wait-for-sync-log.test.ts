import { syncLogLifecycle } from "@qontext/sync-log-schema";
import { describe, expect, it } from "vitest";
import { isWaitTimeoutError, type SyncLogUpdate } from "../../src/index.ts";
import { createLogger } from "../fixtures/create-logger.ts";
import { rejection, syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids } from "../fixtures/sync-logs.ts";

const status = (code: number, headers: Record<string, string> = {}) =>
  new Response(null, { status: code, headers });
const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe("waitForSyncLog", () => {
  it.each(["completed", "failed", "stopped", "skipped"] as const)(
    "resolves with the status %s",
    async (terminal) => {
      const { client, clock } = createScriptedClient((n) => ({
        status: n < 3 ? "ingesting" : terminal,
      }));
      const result = await clock.run(client.waitForSyncLog(ids));
      expect(result).toMatchObject({
        status: terminal,
        outcome: syncLogLifecycle.terminal[terminal],
        polls: 3,
        syncLog: { status: terminal },
      });
      expect(result.history.map((seen) => seen.status)).toEqual(["ingesting", terminal]);
      expect(result.elapsedMs).toBe(clock.nowMs());
    },
  );

  it("waits a whole day in milliseconds, at first often and then every half minute", async () => {
    const dayMs = 86_000_000;
    const { client, clock, polledAtMs } = createScriptedClient((_, nowMs) => ({
      status: nowMs > dayMs ? "completed" : "pending",
    }));
    const result = await clock.run(client.waitForSyncLog(ids));
    expect(result.elapsedMs).toBeGreaterThan(dayMs);
    expect(result.elapsedMs).toBeLessThan(dayMs + 30_000);
    const intervals = gaps(polledAtMs);
    expect(polledAtMs[0]).toBe(0);
    expect(intervals[0]).toBeLessThan(1200);
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...intervals)).toBeLessThanOrEqual(30_000);
    expect(intervals.at(-1)).toBeGreaterThan(25_000);
    expect(clock.timerCount).toBe(0);
  });

  it("polls more often as the end comes near", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((_, nowMs) => {
      const recordsIngested = Math.min(1800, Math.floor(nowMs / 100));
      return { recordsIngested, status: recordsIngested === 1800 ? "completed" : "ingesting" };
    });
    const result = await clock.run(client.waitForSyncLog(ids));
    expect(result.elapsedMs).toBeLessThan(182_000);
    expect(gaps(polledAtMs).at(-1)).toBeLessThan(1200);
    expect(Math.max(...gaps(polledAtMs))).toBeGreaterThan(20_000);
  });

  it.each([
    [400, "bad_request"],
    [401, "authentication_failed"],
    [403, "permission_denied"],
    [404, "not_found"],
    [410, "api_error"],
    [501, "server_error"],
  ])("fails at once on %i", async (code, expected) => {
    const { client, clock, polledAtMs } = createScriptedClient(() => status(code));
    const error = await clock.run(syncLogErrorOf(client.waitForSyncLog(ids)));
    expect(error.code).toBe(expected);
    expect(polledAtMs).toEqual([0]);
  });

  it("fails at once on a 401 in the midst, with what was seen before", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) => (n < 3 ? {} : status(401)));
    const error = await clock.run(syncLogErrorOf(client.waitForSyncLog(ids)));
    expect(error.code).toBe("authentication_failed");
    expect(error.lastSyncLog).toMatchObject({ status: "ingesting" });
    expect(error.history).toHaveLength(1);
    expect(error.correlationId).toBe("4fd0b6c2a4d1e0f8a2b9c3d4e5f60718");
    expect(polledAtMs).toHaveLength(3);
  });

  it("takes a 404 for a sync log that is not there yet, for as long as it is told", async () => {
    const early = createScriptedClient((n) => (n < 4 ? status(404) : { status: "completed" }));
    const options = { notFoundGraceMs: 5000 };
    const result = await early.clock.run(early.client.waitForSyncLog(ids, options));
    expect(result.status).toBe("completed");
    const never = createScriptedClient(() => status(404));
    const error = await never.clock.run(syncLogErrorOf(never.client.waitForSyncLog(ids, options)));
    expect(error.code).toBe("not_found");
    expect(never.clock.nowMs()).toBeGreaterThanOrEqual(5000);
    expect(never.clock.nowMs()).toBeLessThan(7000);
  });

  it("tolerates transient failures for a time", async () => {
    const passing = createScriptedClient((n) => {
      if (n % 6 === 0) return n < 12 ? {} : { status: "completed" };
      return (
        [status(503), status(429), new TypeError("fetch failed"), new Response("<html>")][n % 4] ??
        {}
      );
    });
    const result = await passing.clock.run(passing.client.waitForSyncLog(ids));
    expect(result).toMatchObject({ status: "completed", polls: 12 });

    const lasting = createScriptedClient((n) => (n === 1 ? {} : status(503)));
    const error = await lasting.clock.run(syncLogErrorOf(lasting.client.waitForSyncLog(ids)));
    expect(error.code).toBe("server_error");
    expect(error.lastSyncLog).toMatchObject({ status: "ingesting" });
    const [, failedAtMs = 0] = lasting.polledAtMs;
    expect(lasting.clock.nowMs() - failedAtMs).toBeGreaterThanOrEqual(300_000);
    expect(lasting.clock.nowMs() - failedAtMs).toBeLessThan(330_000);
    const intervals = gaps(lasting.polledAtMs.slice(1));
    expect(intervals[4]).toBeGreaterThan(4 * Number(intervals[0]));
  });

  it("keeps to a Retry-After once, and then to its own pace again", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((n) => {
      if (n === 2) return status(429, { "retry-after": "120" });
      return { status: n === 4 ? "completed" : "ingesting" };
    });
    await clock.run(client.waitForSyncLog(ids));
    const [first, second, third] = gaps(polledAtMs);
    expect(first).toBeLessThan(1200);
    // By chance up to 15 % later, so that those it told the same do not come back together.
    expect(second).toBe(129_000);
    expect(third).toBeLessThan(30_000);
  });

  it("ends at once where the server asks for more than what remains", async () => {
    const { client, clock } = createScriptedClient(() => status(429, { "retry-after": "3600" }));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { maxWaitMs: 60_000 })));
    expect(error).toMatchObject({
      code: "wait_timeout",
      retryAfterMs: 3_600_000,
      cause: { code: "rate_limited" },
    });
    expect(clock.nowMs()).toBe(0);
  });

  it("polls a last time just before maxWaitMs, and ends then", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({ recordsIngested: 9 }));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { maxWaitMs: 600_000 })));
    if (!isWaitTimeoutError(error)) throw new Error("not a WaitTimeoutError", { cause: error });
    expect(error.message).toContain("The sync itself may still be running");
    expect(error).toMatchObject({ elapsedMs: 600_000, polls: polledAtMs.length });
    expect(error.lastSyncLog?.recordsIngested).toBe(9);
    expect(error.history).toMatchObject([{ status: "ingesting", recordsIngested: 9 }]);
    expect(polledAtMs.at(-1)).toBe(599_950);
    expect(clock.timerCount).toBe(0);
  });

  it("finds what happens in the last moment", async () => {
    const { client, clock } = createScriptedClient((_, nowMs) => ({
      status: nowMs >= 599_900 ? "completed" : "ingesting",
    }));
    const result = await clock.run(client.waitForSyncLog(ids, { maxWaitMs: 600_000 }));
    expect(result.status).toBe("completed");
  });

  it("ends with its deadline, which is another error", async () => {
    const { client, clock } = createScriptedClient(() => ({}));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { deadlineMs: 5000 })));
    expect(error).toMatchObject({
      code: "deadline_exceeded",
      lastSyncLog: { status: "ingesting" },
    });
    expect(clock.nowMs()).toBe(5000);
  });

  it("waits through a status that it does not know, at its normal pace, and reports it once", async () => {
    const warnings: unknown[] = [];
    const logger = createLogger({ warn: (_, fields) => warnings.push(fields) });
    const { client, clock, polledAtMs } = createScriptedClient(
      (_, nowMs) => ({ status: nowMs > 200_000 ? "completed" : "reticulating" }),
      { logger },
    );
    const updates: SyncLogUpdate[] = [];
    const onProgress = (update: SyncLogUpdate): void => void updates.push(update);
    await clock.run(client.waitForSyncLog(ids, { onProgress }));
    expect(updates.map(({ syncLog }) => syncLog.status)).toEqual(["reticulating", "completed"]);
    expect(warnings).toEqual([{ status: "reticulating", id: ids.id }]);
    expect(Math.min(...gaps(polledAtMs))).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    ["rejects", () => Promise.reject(new Error("mine"))],
  ])("rejects with what a callback %s, and polls no more", async (_, onProgress) => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({}));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { onProgress })));
    expect(error).toEqual(new Error("mine"));
    expect(polledAtMs).toHaveLength(1);
    expect(clock.timerCount).toBe(0);
  });

  it("sends nothing for a caller who has left before, and nothing after one leaves", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({}));
    const before = client.waitForSyncLog(ids, { signal: AbortSignal.abort("left") });
    expect(await rejection(before)).toBe("left");
    expect(polledAtMs).toEqual([]);
    const controller = new AbortController();
    const wait = rejection(client.waitForSyncLog(ids, { signal: controller.signal }));
    await clock.advanceBy(5000);
    const polls = polledAtMs.length;
    controller.abort("left later");
    expect(await wait).toBe("left later");
    expect(clock.timerCount).toBe(0);
    await clock.advanceBy(100_000);
    expect(polledAtMs).toHaveLength(polls);
  });

  it.each([
    { minIntervalMs: -1 },
    { maxWaitMs: Number.NaN },
    { minIntervalMs: 10, maxIntervalMs: 5 },
    { stalledAfterMs: Number("x") },
  ])("refuses %j", async (options) => {
    const { client } = createScriptedClient(() => ({}));
    const error = await syncLogErrorOf(client.waitForSyncLog(ids, options));
    expect(error.code).toBe("invalid_parameter");
  });
});
