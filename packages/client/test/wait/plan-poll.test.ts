import { describe, expect, it } from "vitest";
import { fitBeforeDeadline, nextIntervalMs } from "../../src/wait/plan-poll.ts";

const bounds = { minIntervalMs: 1000, maxIntervalMs: 30_000 };

describe("nextIntervalMs", () => {
  it.each([
    ["the shortest at first", 0, null, 1075],
    ["a tenth of the age", 100_000, null, 10_000],
    ["a quarter of what remains, where that is known", 100_000, 20_000, 5000],
    ["the shortest near the end", 100_000, 100, 1075],
    ["the longest for a long one", 10_000_000, null, 27_750],
    ["the longest where much remains", 0, 10_000_000, 27_750],
  ])("is %s", (_, elapsedMs, etaMs, expected) => {
    const pace = { elapsedMs, etaMs, unchangedForMs: 0, failures: 0 };
    expect(nextIntervalMs(pace, { ...bounds, random: () => 0.5 })).toBe(expected);
  });

  it("varies by chance everywhere, and stays within its bounds", () => {
    for (const elapsedMs of [0, 5000, 50_000, 500_000, 5_000_000]) {
      for (const etaMs of [null, 0, 10_000, 1_000_000]) {
        const [low, high] = [0, 0.999_999].map((random) =>
          nextIntervalMs(
            { elapsedMs, etaMs, unchangedForMs: 0, failures: 0 },
            { ...bounds, random: () => random },
          ),
        );
        expect(low).toBeGreaterThanOrEqual(1000);
        expect(high).toBeLessThanOrEqual(30_000);
        expect(Number(high) / Number(low)).toBeGreaterThan(1.1);
      }
    }
  });
});

describe("fitBeforeDeadline", () => {
  it.each([
    ["leaves a poll with room behind it", 10_000, 20_000, 10_000],
    ["moves a late one to the last moment", 30_000, 20_000, 20_000],
    ["moves one that would leave no room for the last", 19_500, 20_000, 20_000],
    ["gives none when there is no time", 1, 0, Infinity],
    ["keeps to the longest interval", 30_000, 30_500, 29_500],
    ["knows no deadline", 5, Infinity, 5],
  ])("%s", (_, pollAtMs, lastPollAtMs, expected) => {
    expect(fitBeforeDeadline(pollAtMs, 0, lastPollAtMs, bounds)).toBe(expected);
  });
});
