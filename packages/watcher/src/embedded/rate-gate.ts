import type { RateLimit } from "../rate-limit.ts";

/** Lets through at most `max` requests in any `perMs` milliseconds. */
export interface RateGate {
  /** Returns 0 and counts a request if one may start now; otherwise how long to wait, in milliseconds. */
  tryPass(nowMs: number): number;
  /** Lets none through before `atMs`. */
  closeUntil(atMs: number): void;
}

export function createRateGate(limit: RateLimit | null): RateGate {
  const passedAtMs: number[] = [];
  let closedUntilMs = -Infinity;
  return {
    tryPass: (nowMs) => {
      if (nowMs < closedUntilMs) return closedUntilMs - nowMs;
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
    closeUntil: (atMs) => {
      closedUntilMs = Math.max(closedUntilMs, atMs);
    },
  };
}
