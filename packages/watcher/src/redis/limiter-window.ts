import { checkRateLimit, type RateLimit } from "../rate-limit.ts";

/** BullMQ's limiter: at most `max` jobs in the `duration` milliseconds after the first one. */
export interface LimiterWindow {
  readonly max: number;
  readonly duration: number;
}

/** BullMQ heeds a rate limit set at run time, after a 429, only in a queue with a limiter. */
const unlimited: LimiterWindow = { max: 1_000_000_000, duration: 1000 };

/** About how late a worker continues after a window, which makes many short windows slower. */
const latenessMs = 10;

/**
 * Splits a rate into windows.
 *
 * One window of `perMs` would allow twice the rate around its edge, and poll in bursts. With windows
 * of `perMs / parts` and `max` jobs each, any span of `perMs` contains the starts of at most `parts`
 * windows and the rest of an earlier one: `parts × max + max − 1` jobs. Of the splits that keep this
 * within the rate, the fastest one is returned: about nine tenths of the rate, less for small `max`.
 */
export function limiterWindow(limit: RateLimit | undefined): LimiterWindow {
  if (limit === undefined) return unlimited;
  const { max, perMs } = checkRateLimit(limit);
  let best = { parts: 1, jobs: 1, perSecond: 0 };
  for (let parts = 1; parts <= Math.min(max, perMs); parts++) {
    const jobs = Math.floor((max + 1) / (parts + 1));
    const perSecond = (1000 * jobs * parts) / (perMs + parts * latenessMs);
    if (jobs >= 1 && perSecond > best.perSecond) best = { parts, jobs, perSecond };
  }
  return { max: best.jobs, duration: Math.ceil(perMs / best.parts) };
}
