import { describe, expect, test } from "vitest";
import { limiterWindow } from "../../src/redis/limiter-window.ts";

describe("a rate cut into windows", () => {
  test.each([
    { max: 1, perMs: 1000 },
    { max: 40, perMs: 1000 },
    { max: 50, perMs: 1000 },
    { max: 500, perMs: 1000 },
    { max: 5000, perMs: 1000 },
    { max: 7, perMs: 30 },
    { max: 1000, perMs: 60_000 },
  ])("never allows more than $max in $perMs ms, and wastes little", ({ max, perMs }) => {
    const window = limiterWindow({ max, perMs });
    // The worst case: the rest of one window at its end, and then as many as can begin.
    const begin = Math.ceil(perMs / window.duration);
    expect(begin * window.max + window.max - 1).toBeLessThanOrEqual(max);
    expect((window.max / window.duration) * perMs).toBeGreaterThanOrEqual(
      max >= 40 ? max * 0.89 : 0.5,
    );
  });

  test.each([
    { max: 0, perMs: 1000 },
    { max: 1.5, perMs: 1000 },
    { max: 5, perMs: 0 },
    { max: 5, perMs: Infinity },
  ])("refuses $max in $perMs ms", (limit) => {
    expect(() => limiterWindow(limit)).toThrow(/rateLimit must be/u);
  });
});
