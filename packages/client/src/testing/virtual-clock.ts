import { checkOptions, type RulesOf } from "../check-options.ts";
import type { Clock } from "../clock.ts";
import { checkNumber } from "../refuse.ts";

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Moves time on by so many milliseconds, and runs every timer on the way at its moment. */
  advanceBy(durationMs: number): Promise<void>;
  /**
   * Moves time on, from timer to timer, until the promise is settled, and resolves or rejects as it
   * does. A day of waiting takes milliseconds.
   *
   * A `fetch` that answers from memory takes no time at all. One that takes real time, such as from a
   * server of the test, is waited for in real time, and virtual time stands still, for `patienceMs`: a
   * longer one can't be told from one that never answers, which is what an attempt's limit is for.
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

/** Options of {@link createVirtualClock}. */
export interface VirtualClockOptions {
  /**
   * How long requests may take in real time before virtual time goes on without them, in milliseconds.
   * After that the clock takes it that its requests take virtual time, or none, and waits for no other.
   * @default 500
   */
  readonly patienceMs?: number;
}

const virtualClockRules: RulesOf<VirtualClockOptions> = { patienceMs: 0 };

/**
 * Creates a clock for tests: pass it as the client's `clock`. It works under the fake timers of test
 * runners, too.
 *
 * @param startEpochMs - What time it is, in milliseconds since 1970. @default 0
 * @throws InvalidParameterError for a time or an option of a wrong type, or one that there is not.
 */
export function createVirtualClock(
  startEpochMs = 0,
  options: VirtualClockOptions = {},
): VirtualClock {
  checkNumber("startEpochMs", startEpochMs);
  checkOptions(options, virtualClockRules);
  let { patienceMs = 500 } = options;
  const requests = new Set<Promise<unknown>>();
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

  /** Lets everything run that can, requests in real time included. */
  const settle = async (): Promise<void> => {
    await turn();
    const untilMs = realNowMs() + patienceMs;
    while (requests.size > 0) {
      if (realNowMs() >= untilMs) {
        patienceMs = 0;
        return;
      }
      await turn();
    }
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
    whileBusy(request) {
      const leave = (): void => void requests.delete(request);
      requests.add(request);
      request.then(leave, leave);
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

// As they are before a test replaces them.
const { setImmediate: immediate, setTimeout: timeout } = globalThis;
const { process: node, performance: own } = globalThis;

/** Fake timers leave it alone where it is Node's. */
const realNowMs: () => number =
  typeof node === "object" ? () => node.uptime() * 1000 : own.now.bind(own);

/** Whether fake timers were there first: those of sinon, which jest and vitest have, mark what is theirs. */
function isReal(value: unknown): boolean {
  return typeof value === "function" && !("clock" in value);
}

/** Lets everything run that was resolved, and what that resolves in turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    // Only Node, Bun and Deno have setImmediate, which is faster by far.
    if (isReal(immediate)) immediate(() => immediate(resolve));
    else if (isReal(timeout)) timeout(resolve, 0);
    else {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    }
  });
}
