import { checkRateLimit, type RateLimit } from "../rate-limit.ts";

/** BullMQ's limiter: at most `max` jobs from the first one on, for `duration` milliseconds. */
export interface LimiterWindow {
  readonly max: number;
  readonly duration: number;
}

/** Shorter windows make workers ask Redis more often than it is worth. */
const shortestWindowMs = 20;

/**
 * Cuts a rate into short windows.
 *
 * One window of `perMs` would allow twice the rate around its edge, and send each window's polls in
 * one burst. With windows of `perMs / parts` and `max` jobs each, a span of `perMs` sees the starts
 * of at most `parts` windows, and the rest of one before: `parts × max + max − 1` jobs. The window
 * that wastes least of what is allowed is taken; with one job to a window nothing is wasted.
 */
export function limiterWindow(limit: RateLimit): LimiterWindow {
  const { max, perMs } = checkRateLimit(limit);
  let best: { readonly parts: number; readonly jobs: number } = { parts: 0, jobs: 1 };
  const mostParts = Math.min(max, Math.max(1, Math.floor(perMs / shortestWindowMs)));
  for (let parts = mostParts; parts >= 1; parts--) {
    const jobs = Math.floor((max + 1) / (parts + 1));
    const spent = jobs * parts;
    if (jobs >= 1 && spent > best.jobs * best.parts) best = { parts, jobs };
  }
  return { max: best.jobs, duration: Math.ceil(perMs / Math.max(1, best.parts)) };
}
