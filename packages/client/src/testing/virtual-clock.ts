import type { Clock } from "../clock.ts";

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Moves time on by so many milliseconds, and runs every timer on the way at its moment. */
  advanceBy(durationMs: number): Promise<void>;
  /**
   * Moves time on, from timer to timer, until the promise is settled, and resolves or rejects as it
   * does. A day of waiting takes milliseconds.
   *
   * What the code under test waits for besides timers has to come by itself: pass the client a
   * `fetch` that answers from memory.
   *
   * @throws Error when nothing is left that could settle the promise.
   */
  run<T>(promise: Promise<T>): Promise<T>;
  /** How many timers are set. */
  readonly timerCount: number;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/**
 * Creates a clock for tests: pass it as the client's `clock`.
 *
 * @param startEpochMs - What time it is, in milliseconds since 1970. @default 0
 */
export function createVirtualClock(startEpochMs = 0): VirtualClock {
  // Timers in the order in which they were set, which is also the order of those for one moment.
  const timers = new Set<Timer>();
  let nowMs = 0;

  const next = (untilMs: number): Timer | undefined => {
    let earliest: Timer | undefined;
    for (const timer of timers) {
      if (timer.atMs <= untilMs && (earliest === undefined || timer.atMs < earliest.atMs)) {
        earliest = timer;
      }
    }
    return earliest;
  };
  const fire = (timer: Timer): void => {
    timers.delete(timer);
    nowMs = Math.max(nowMs, timer.atMs);
    timer.callback();
  };

  return {
    nowMs: () => nowMs,
    epochMs: () => startEpochMs + nowMs,
    setTimeout(callback, delayMs) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), callback };
      timers.add(timer);
      return timer;
    },
    clearTimeout(handle) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what setTimeout gave, or nothing that is in the set
      timers.delete(handle as Timer);
    },
    get timerCount() {
      return timers.size;
    },
    async advanceBy(durationMs) {
      const untilMs = nowMs + durationMs;
      await settle();
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        fire(timer);
        await settle();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    async run(promise) {
      const state = { isSettled: false };
      const mark = (): void => {
        state.isSettled = true;
      };
      promise.then(mark, mark);
      await settle();
      while (!state.isSettled) {
        const timer = next(Infinity);
        if (timer === undefined) {
          throw new Error("Nothing is left that could settle the promise: no timer is set.");
        }
        fire(timer);
        await settle();
      }
      return promise;
    },
  };
}

/** Lets everything run that was resolved, and what that resolves in turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    // Only Node, Bun and Deno have setImmediate, which is faster by far.
    if (typeof setImmediate === "function") setImmediate(() => setImmediate(resolve));
    else setTimeout(resolve, 0);
  });
}
