import { WatcherOptionError } from "./errors.ts";

/** At most `max` polls in any `perMs` milliseconds, over all processes that share the watches. */
export interface RateLimit {
  /** A whole number of at least 1. */
  readonly max: number;
  /** In milliseconds, at least 1. */
  readonly perMs: number;
}

/** Returns the limit, or throws a {@link WatcherOptionError} that says what is wrong with it. */
export function checkRateLimit(limit: RateLimit): RateLimit {
  const { max, perMs } = limit;
  if (!(Number.isInteger(max) && max >= 1 && perMs >= 1 && Number.isFinite(perMs))) {
    throw new WatcherOptionError(
      `rateLimit must be { max, perMs } with max a whole number of at least 1 and perMs at least 1; ` +
        `it is { max: ${String(max)}, perMs: ${String(perMs)} }.`,
    );
  }
  return { max, perMs };
}
