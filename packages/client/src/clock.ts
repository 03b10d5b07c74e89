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
}

/** A timer of 2³¹ ms or more would fire at once; one this long is set anew by who needs it. */
const longestTimerMs = 2 ** 31 - 1;

/** The system's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, longestTimerMs)),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what setTimeout gave: an object in Node, a number in browsers
  clearTimeout: (handle) => clearTimeout(handle as number | undefined),
};
