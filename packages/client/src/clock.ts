/**
 * Where the client takes time from. The default is the system's; `@qontext/sync-log-client/testing`
 * has one that a test moves by hand.
 */
export interface Clock {
  /** Milliseconds that only ever grow, from any origin: for durations and deadlines. */
  nowMs(): number;
  /** Milliseconds since 1970: for `Retry-After` dates. */
  epochMs(): number;
  /** Calls `callback` once after `delayMs`. */
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Takes back what `setTimeout` returned. */
  clearTimeout(handle: unknown): void;
  /**
   * Told of each request when it begins: it takes real time, in which a clock that is moved by hand may
   * want to stand still.
   */
  whileBusy?(work: Promise<unknown>): void;
}

/** A timer of 2³¹ ms or more would fire at once; one this long is set anew by who needs it. */
const longestTimerMs = 2 ** 31 - 1;

/** A clock that knows a cheaper way to take timers back. */
export interface RetiringClock extends Clock {
  /** Takes back a timer whose callback does nothing any more, now or later. */
  readonly retire?: (handle: unknown) => void;
}

let retired: NodeJS.Timeout | undefined;
/** Of the moment when it was retired: tests put other timers in the place of the system's for a while. */
let clearRetired: (timer: NodeJS.Timeout | undefined) => void = clearTimeout;

/** How early a timer may fire by `performance.now()`: it counts whole milliseconds. */
const maxEarlyMs = 2;
let aheadMs = 0;
const nowMs = (): number => performance.now() + aheadMs;

/**
 * The system's clock and timers. Where a test moves the timers and not `performance` (vitest 2 does,
 * unless it is told otherwise), the clock goes along: when a timer fires, its time has come.
 */
export const systemClock: RetiringClock = {
  nowMs,
  epochMs: () => Date.now(),
  setTimeout(callback, delayMs) {
    const cappedMs = Math.min(delayMs, longestTimerMs);
    const dueAtMs = nowMs() + cappedMs;
    return setTimeout(() => {
      const earlyMs = dueAtMs - nowMs();
      if (earlyMs > maxEarlyMs) aheadMs += earlyMs;
      callback();
    }, cappedMs);
  },
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what setTimeout gave: an object in Node, a number in browsers
  clearTimeout: (handle) => clearTimeout(handle as number | undefined),
  // With the last of the timers of one length Node discards what it has of them, and makes it anew for the next, which
  // costs a call more than its timer does. So one stays until the next, without keeping the process alive.
  retire(handle) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    const timer = handle as NodeJS.Timeout | undefined;
    if (typeof timer?.unref !== "function") return clearTimeout(timer);
    timer.unref();
    clearRetired(retired);
    retired = timer;
    clearRetired = clearTimeout;
  },
};
