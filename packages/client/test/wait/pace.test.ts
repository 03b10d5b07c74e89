import { describe, expect, it } from "vitest";
import type { SyncLogUpdate } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { ids, smallestWith } from "../fixtures/sync-logs.ts";

const unavailable = (): Response => new Response(null, { status: 503 });
const missing = (): Response => new Response(null, { status: 404 });
const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

const pause = (seconds: string, body: string | null = null, status = 429): Response =>
  new Response(body, { status, headers: { "retry-after": seconds } });

/** When a standstill was told of. */
const stalledAt = async (
  script: Parameters<typeof createScriptedClient>[0],
  options: object,
): Promise<number[]> => {
  const { client, clock } = createScriptedClient(script);
  const moments: number[] = [];
  const onProgress = ({ isStalled }: SyncLogUpdate): void => {
    if (isStalled) moments.push(clock.nowMs());
  };
  await clock.run(rejection(client.waitForSyncLog(ids, { onProgress, ...options })));
  return moments;
};

/** The pauses of a wait whose first poll is told to come back, and whose others fail. */
const pausesBy = async (chance: number): Promise<number[]> => {
  const { client, clock, polledAtMs } = createScriptedClient(
    (n) => (n === 1 ? pause("10") : unavailable()),
    { random: () => chance },
  );
  const options = { maxFailingMs: 40_000, maxIntervalMs: 4000 };
  await clock.run(rejection(client.waitForSyncLog(ids, options)));
  return gaps(polledAtMs);
};

describe("the pace of waits", () => {
  it("is not quickened by those who join in an outage", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((_, nowMs) =>
      nowMs < 500 ? unavailable() : { status: nowMs > 5000 ? "completed" : "ingesting" },
    );
    const waits = [client.waitForSyncLog(ids)];
    for (let index = 0; index < 8; index += 1) {
      await clock.advanceBy(10);
      waits.push(client.waitForSyncLog(ids));
    }
    const results = await clock.run(Promise.all(waits));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["completed"]));
    expect(Math.min(...gaps(polledAtMs))).toBeGreaterThanOrEqual(1000);
  });

  it("counts failures for each wait, from when it began", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(unavailable);
    const patient = rejection(
      client.waitForSyncLog(ids, { maxFailingMs: Infinity, maxWaitMs: 1_000_000 }),
    );
    await clock.advanceBy(50_000);
    const before = polledAtMs.length;
    const error = await clock.run(rejection(client.waitForSyncLog(ids)));
    expect(error).toMatchObject({ code: "server_error" });
    expect(polledAtMs.length - before).toBeGreaterThanOrEqual(10);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(350_000);
    await clock.run(patient);
  });

  it("counts the grace of a 404 for each wait, from when it began", async () => {
    const { client, clock } = createScriptedClient((_, nowMs) =>
      nowMs < 12_000 ? missing() : { status: "completed" },
    );
    const early = client.waitForSyncLog(ids, { notFoundGraceMs: 60_000 });
    await clock.advanceBy(9000);
    const late = client.waitForSyncLog(ids, { notFoundGraceMs: 8000 });
    const results = await clock.run(Promise.all([early, late]));
    expect(results.map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it.each([{ minIntervalMs: 0 }, { minIntervalMs: 0, maxIntervalMs: 0 }, { maxWaitMs: 0.5 }])(
    "lets time pass between polls with %j",
    async (options) => {
      const { client, clock, polledAtMs } = createScriptedClient(() => ({}));
      const wait = client.waitForSyncLog(ids, { maxWaitMs: 100, ...options });
      expect(await clock.run(rejection(wait))).toMatchObject({ code: "wait_timeout" });
      expect(polledAtMs.length).toBeLessThanOrEqual(101);
    },
  );

  it("stands still for nobody whose last poll is due when another's just was", async () => {
    const { client, clock } = createScriptedClient(() => ({}), { random: () => 0 });
    const first = { minIntervalMs: 9000, maxWaitMs: 10_000 };
    const wait = rejection(client.waitForSyncLog(ids, first));
    await clock.advanceBy(949.5);
    const second = { minIntervalMs: 9000, maxIntervalMs: 9000, maxWaitMs: 20_000 };
    const other = rejection(client.waitForSyncLog(ids, second));
    expect(await clock.run(wait)).toMatchObject({ code: "wait_timeout" });
    expect(await clock.run(other)).toMatchObject({ code: "wait_timeout" });
  });

  it("slows down where nothing is left to ingest and the sync does not end", async () => {
    const { client, clock, polledAtMs } = createScriptedClient((_, nowMs) => ({
      status: nowMs > 21_600_000 ? "completed" : "ingesting",
      recordsIngested: 1800,
      totalRecordsToIngest: 1800,
    }));
    await clock.run(client.waitForSyncLog(ids));
    expect(polledAtMs.length).toBeLessThan(1000);
  });

  it("leaves a slow server the time to answer the last poll", async () => {
    const { client, clock } = createScriptedClient(() => ({}), {
      fetch: async () => {
        await new Promise<void>((resolve) => {
          clock.setTimeout(resolve, 1500);
        });
        const status = clock.nowMs() >= 117_000 ? "completed" : "ingesting";
        return new Response(smallestWith({ status }));
      },
    });
    const result = await clock.run(client.waitForSyncLog(ids, { maxWaitMs: 120_000 }));
    expect(result.status).toBe("completed");
  });

  it("varies by chance after failures and after a Retry-After, too", async () => {
    const [low, high] = [await pausesBy(0), await pausesBy(0.999)];
    expect(low[0]).toBe(10_000);
    expect(high[0]).toBeGreaterThan(11_000);
    expect(low.at(-1)).toBeLessThan(Number(high.at(-1)) * 0.9);
    expect(Math.max(...high.slice(1))).toBeLessThanOrEqual(4000);
  });

  it("keeps to the shortest interval but for the last poll", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => ({}));
    const options = { minIntervalMs: 10_000, maxIntervalMs: 10_000, maxWaitMs: 60_000 };
    await clock.run(rejection(client.waitForSyncLog(ids, options)));
    expect(polledAtMs).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 59_950]);
  });
});

describe("a server that asks for a long pause", () => {
  it("is named on the error of a deadline, too", async () => {
    const { client, clock } = createScriptedClient(() => pause("60"));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { deadlineMs: 5000 })));
    expect(error).toMatchObject({
      code: "deadline_exceeded",
      retryAfterMs: 60_000,
      cause: { code: "rate_limited" },
      attempts: [{ status: 429 }],
    });
  });

  it("is named where only the last poll was told so", async () => {
    const { client, clock } = createScriptedClient((_, nowMs) => (nowMs < 9900 ? {} : pause("60")));
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { maxWaitMs: 10_000 })));
    expect(error).toMatchObject({ retryAfterMs: 60_000, cause: { code: "rate_limited" } });
  });

  it("does not keep what was seen from being told", async () => {
    const { client, clock } = createScriptedClient(() =>
      pause("3600", smallestWith({ status: "ingesting" }), 200),
    );
    const updates: SyncLogUpdate[] = [];
    const onProgress = (update: SyncLogUpdate): void => void updates.push(update);
    const short = client.waitForSyncLog(ids, { maxWaitMs: 5000, onProgress });
    expect(await clock.run(rejection(short))).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(updates).toHaveLength(1);

    const controller = new AbortController();
    const long = rejection(client.waitForSyncLog(ids, { signal: controller.signal }));
    await clock.advanceBy(10_000);
    const late = client.waitForSyncLog(ids, { maxWaitMs: 5000, onProgress });
    expect(await clock.run(rejection(late))).toMatchObject({
      code: "wait_timeout",
      elapsedMs: 0,
      retryAfterMs: 3_590_000,
    });
    expect(updates).toHaveLength(2);
    controller.abort("enough");
    await long;
  });

  it("gives the failure of the last poll as the cause", async () => {
    const { client, clock } = createScriptedClient((_, nowMs) =>
      nowMs < 9000 ? {} : unavailable(),
    );
    const error = await clock.run(rejection(client.waitForSyncLog(ids, { deadlineMs: 10_000 })));
    expect(error).toMatchObject({ code: "deadline_exceeded", cause: { code: "server_error" } });
  });
});

describe("a standstill", () => {
  it("is reported once, when it is due and not with the next poll", async () => {
    const options = {
      minIntervalMs: 200_000,
      maxIntervalMs: 200_000,
      stalledAfterMs: 210_000,
      maxWaitMs: 2_000_000,
    };
    expect(await stalledAt(() => ({}), options)).toEqual([210_000]);
  });

  it("is reported while polls fail", async () => {
    const options = {
      maxFailingMs: Infinity,
      stalledAfterMs: 100_000,
      maxWaitMs: 1_000_000,
    };
    expect(await stalledAt((n) => (n === 1 ? {} : unavailable()), options)).toEqual([100_000]);
  });
});
