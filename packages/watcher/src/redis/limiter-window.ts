import { checkRateLimit, type RateLimit } from "../rate-limit.ts";

/** BullMQ's limiter: at most `max` jobs from the first one on, for `duration` milliseconds. */
export interface LimiterWindow {
  readonly max: number;
  readonly duration: number;
}

/**
 * How late a worker comes back when a window has ended, more or less. No job begins meanwhile, so
 * that many short windows let less through than a few long ones.
 */
const latenessMs = 10;

/**
 * Cuts a rate into windows.
 *
 * One window of `perMs` would allow twice the rate around its edge, and send each window's polls in
 * one burst. With windows of `perMs / parts` and `max` jobs each, a span of `perMs` sees the starts
 * of at most `parts` windows, and the rest of one before: `parts × max + max − 1` jobs. Of the cuts
 * that keep that within the rate, the one that lets most through is taken: about nine tenths of what
 * is allowed, but for the smallest numbers.
 */
export function limiterWindow(limit: RateLimit): LimiterWindow {
  const { max, perMs } = checkRateLimit(limit);
  let best = { parts: 1, jobs: 1, perSecond: 0 };
  for (let parts = 1; parts <= Math.min(max, perMs); parts++) {
    const jobs = Math.floor((max + 1) / (parts + 1));
    const perSecond = (1000 * jobs * parts) / (perMs + parts * latenessMs);
    if (jobs >= 1 && perSecond > best.perSecond) best = { parts, jobs, perSecond };
  }
  return { max: best.jobs, duration: Math.ceil(perMs / best.parts) };
}
