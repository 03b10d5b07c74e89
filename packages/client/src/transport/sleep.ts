import type { Clock } from "../clock.ts";
import type { Call } from "./call.ts";

/** Waits; rejects with the caller's reason as soon as the call is cancelled. */
export function sleep(clock: Clock, delayMs: number, call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(resolve, delayMs);
    call.stop = (reason) => {
      clock.clearTimeout(timer);
      reject(reason);
    };
  });
}
