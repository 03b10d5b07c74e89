import { describe, expect, it } from "vitest";
import type { SyncLogUpdate, WaitOptions } from "../../src/index.ts";
import { createScriptedClient, type Step } from "../fixtures/scripted-client.ts";
import { ids } from "../fixtures/sync-logs.ts";

async function updatesOf(script: (n: number, nowMs: number) => Step, options: WaitOptions = {}) {
  const { client, clock } = createScriptedClient(script);
  const updates: SyncLogUpdate[] = [];
  const onProgress = (update: SyncLogUpdate): void => void updates.push(update);
  await clock.run(client.waitForSyncLog(ids, { ...options, onProgress }));
  return updates;
}

describe("updates", () => {
  it("come when the status or a count changes, and not otherwise", async () => {
    const steps: Step[] = [
      { status: "pending", recordsIngested: null, totalRecordsToIngest: null },
      { status: "pending", recordsIngested: null, totalRecordsToIngest: null, updatedAt: "later" },
      { status: "ingesting", recordsIngested: 0, totalRecordsToIngest: 1000 },
      { status: "ingesting", recordsIngested: 0, totalRecordsToIngest: 1000 },
      { status: "ingesting", recordsIngested: 500, totalRecordsToIngest: 1000 },
      { status: "ingesting", recordsIngested: 500, totalRecordsToIngest: 2000 },
      { status: "completed", recordsIngested: 2000, totalRecordsToIngest: 2000 },
    ];
    const updates = await updatesOf((n) => steps[n - 1] ?? {});
    expect(updates.map(({ polls, percent }) => [polls, percent])).toEqual([
      [1, null],
      [3, 0],
      [5, 50],
      [6, 25],
      [7, 100],
    ]);
    expect(updates.map(({ isTerminal }) => isTerminal)).toEqual([false, false, false, false, true]);
    expect(updates[2]?.ratePerSecond).toBeGreaterThan(0);
    expect(updates[2]?.etaMs).toBeGreaterThan(0);
    expect(updates[4]?.elapsedMs).toBeGreaterThan(6000);
    expect(updates[4]?.correlationId).toBe("4fd0b6c2a4d1e0f8a2b9c3d4e5f60718");
  });

  it("are right when the counts go back", async () => {
    const counts = [100, 900, 200, 300];
    const updates = await updatesOf((n) => ({
      recordsIngested: counts[n - 1] ?? 1800,
      status: n > counts.length ? "completed" : "ingesting",
    }));
    expect(updates[2]).toMatchObject({ ratePerSecond: null, etaMs: null });
    expect(updates[2]?.percent).toBeCloseTo(11.1, 1);
    expect(updates[3]?.ratePerSecond).toBeGreaterThan(0);
  });

  it("report a standstill once, and that it is over", async () => {
    const updates = await updatesOf(
      (_, nowMs) => {
        if (nowMs < 100_000) return { recordsIngested: 1 };
        if (nowMs < 200_000) return { recordsIngested: 2 };
        return { status: "completed" };
      },
      { stalledAfterMs: 60_000 },
    );
    expect(updates.map(({ syncLog, isStalled }) => [syncLog.recordsIngested, isStalled])).toEqual([
      [1, false],
      [1, true],
      [2, false],
      [2, true],
      [450, false],
    ]);
    expect(updates[1]?.elapsedMs).toBeGreaterThanOrEqual(60_000);
    expect(updates[1]?.elapsedMs).toBeLessThan(90_000);
  });
});
