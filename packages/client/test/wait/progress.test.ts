import { describe, expect, it } from "vitest";
import { advanceProgress, progressOf, type ProgressState } from "../../src/wait/progress.ts";
import { exampleSyncLog } from "../fixtures/sync-logs.ts";

const log = (recordsIngested: unknown, totalRecordsToIngest: unknown) => ({
  ...exampleSyncLog("ingesting"),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server may send
  recordsIngested: recordsIngested as number,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server may send
  totalRecordsToIngest: totalRecordsToIngest as number,
});

describe("progressOf", () => {
  it.each<[string, unknown, unknown, number | null, number | null, number | null]>([
    ["a quarter", 450, 1800, 10, 25, 135_000],
    ["nothing yet", 0, 1800, null, 0, null],
    ["no count yet", null, 1800, 10, 0, null],
    ["no total", 450, null, 10, null, null],
    ["a total that is absent", 450, undefined, 10, null, null],
    ["a total of 0", 0, 0, 10, null, null],
    ["what would take more than a year", 1, 1800, 1e-9, (1 / 1800) * 100, null],
    ["a count that no number can hold exactly", 2 ** 60, 1800, 10, 0, null],
    ["a total of 0 and yet something ingested", 5, 0, 10, null, null],
    ["more ingested than there is", 2000, 1800, 10, 100, null],
    ["all of it", 1800, 1800, 10, 100, 0],
    ["a standstill", 450, 1800, 0, 25, null],
    ["no numbers", "450", Number.NaN, 10, null, null],
    ["a negative count", -5, 1800, 10, 0, null],
  ])("is right with %s", (_, ingested, total, rate, percent, etaMs) => {
    expect(progressOf(log(ingested, total), rate, false)).toEqual({
      percent,
      ratePerSecond: rate,
      etaMs,
    });
  });

  it("is at its end when the sync is completed, whatever the counts say", () => {
    const completed = { ...log(null, null), status: "completed" };
    expect(progressOf(completed, null, true)).toMatchObject({ percent: 100, etaMs: 0 });
  });

  it("does not jump to the end when the sync has failed", () => {
    const failed = { ...log(450, 1800), status: "failed" };
    expect(progressOf(failed, 5, true)).toMatchObject({ percent: 25, etaMs: 0 });
  });
});

const rateAfter = (...looks: [number, unknown][]): number | null => {
  let state: ProgressState | null = null;
  for (const [atMs, ingested] of looks) state = advanceProgress(state, log(ingested, 1e6), atMs);
  return state?.ratePerSecond ?? null;
};

describe("advanceProgress", () => {
  it("has no rate after the first look", () => {
    expect(rateAfter([0, 100])).toBeNull();
  });

  it("measures a steady rate", () => {
    expect(rateAfter([0, 0], [1000, 50], [3000, 150], [13_000, 650])).toBeCloseTo(50);
  });

  it("falls while nothing happens, and never below nothing", () => {
    const rate = Number(rateAfter([0, 0], [1000, 100], [31_000, 100]));
    expect(rate).toBeLessThan(50);
    expect(rate).toBeGreaterThan(0);
  });

  it("starts anew when the count goes back", () => {
    expect(rateAfter([0, 0], [1000, 500], [2000, 100])).toBeNull();
    expect(rateAfter([0, 0], [1000, 500], [2000, 100], [3000, 110])).toBeCloseTo(10);
  });

  it("survives counts that come and go", () => {
    expect(rateAfter([0, null], [1000, 10], [2000, null], [3000, 30])).toBeNull();
  });

  it("survives two looks at one moment", () => {
    expect(rateAfter([0, 0], [1000, 10], [1000, 20])).toBeCloseTo(10);
  });
});
