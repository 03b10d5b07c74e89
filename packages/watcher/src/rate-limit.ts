import { WatcherOptionError } from "./errors.ts";

/** At most `max` polls in any `perMs` milliseconds, in all processes that share the watches. */
export interface RateLimit {
  /** A whole number of at least 1. */
  readonly max: number;
  /** In milliseconds, at least 1. */
  readonly perMs: number;
}

/** Copies the limit, or throws a {@link WatcherOptionError}. */
export function checkRateLimit({ max, perMs }: RateLimit): RateLimit {
  if (!(Number.isInteger(max) && max >= 1 && perMs >= 1 && Number.isFinite(perMs))) {
    throw new WatcherOptionError(
      `rateLimit must be { max, perMs } with max a whole number of at least 1 and perMs at least 1; ` +
        `it is { max: ${String(max)}, perMs: ${String(perMs)} }.`,
    );
  }
  return { max, perMs };
}

/** The number of polls, and of deliveries, at a time; throws a {@link WatcherOptionError}. */
export function checkConcurrency(concurrency = 50): number {
  if (Number.isInteger(concurrency) && concurrency >= 1) return concurrency;
  throw new WatcherOptionError(
    `concurrency must be a whole number of at least 1; it is ${String(concurrency)}.`,
  );
}
