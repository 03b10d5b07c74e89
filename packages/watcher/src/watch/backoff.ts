/** How delays grow from one failure to the next. */
export interface BackoffOptions {
  /** The most after the first failure, in milliseconds; doubled for each one after it. */
  readonly baseDelayMs: number;
  /** The most after any failure, in milliseconds. */
  readonly maxDelayMs: number;
}

/**
 * Doubles with every failure up to the cap, and draws between half of that and all of it, so that
 * many that failed together do not come back together.
 */
export function backoffDelayMs(
  failures: number,
  options: BackoffOptions,
  random: () => number,
): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  const ceilingMs = Math.min(options.baseDelayMs * 2 ** doublings, options.maxDelayMs);
  return Math.round(ceilingMs * (0.5 + random() / 2));
}
