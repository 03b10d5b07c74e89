import type { RateLimit } from "../rate-limit.ts";

/** Lets at most `max` through in any `perMs` milliseconds. */
export interface RateGate {
  /** 0 where one may pass now, and then it has passed; else how long to wait, in milliseconds. */
  tryPass(nowMs: number): number;
  /** Lets no poll through until then. */
  pauseUntil(atMs: number): void;
}

/** Remembers when the last `max` passed. */
export function createRateGate(limit: RateLimit | null): RateGate {
  const passedAtMs: number[] = [];
  let pausedUntilMs = -Infinity;
  return {
    tryPass: (nowMs) => {
      if (nowMs < pausedUntilMs) return pausedUntilMs - nowMs;
      if (limit === null) return 0;
      const oldestMs = passedAtMs[0];
      if (passedAtMs.length >= limit.max && oldestMs !== undefined) {
        const waitMs = oldestMs + limit.perMs - nowMs;
        if (waitMs > 0) return waitMs;
        passedAtMs.shift();
      }
      passedAtMs.push(nowMs);
      return 0;
    },
    pauseUntil: (atMs) => {
      pausedUntilMs = Math.max(pausedUntilMs, atMs);
    },
  };
}
