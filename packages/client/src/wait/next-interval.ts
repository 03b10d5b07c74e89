/** What {@link nextIntervalMs} needs to know. */
export interface NextIntervalInput {
  /** How long the sync log has been watched, in milliseconds. */
  readonly elapsedMs: number;
  /** How long the rest is thought to take, in milliseconds; null while unknown. */
  readonly etaMs: number | null;
  /**
   * How long the sync log has not changed, in milliseconds: what is said to be nearly done and does
   * not end is polled less and less.
   * @default 0
   */
  readonly unchangedForMs?: number;
  /**
   * How many times as long to wait as otherwise, within the bounds.
   * @default 1
   */
  readonly slowdown?: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/** Polls in ten times the age: short while young, and the number of polls grows with its logarithm. */
const partOfAge = 0.1;
/** Polls in what remains: the end is found soon after it has come. */
const partOfRest = 0.25;
const jitter = 0.15;
/** Less than this before the last moment, the last poll has been. */
const leastGapMs = 1;

/**
 * How long to wait before the next poll, in milliseconds: a tenth of the time watched so far, or a
 * quarter of what remains where that is known; 15 % more or less by chance, so that waits that began
 * together do not poll together; never outside the bounds.
 */
export function nextIntervalMs(input: NextIntervalInput): number {
  const { elapsedMs, etaMs, minIntervalMs, maxIntervalMs, random } = input;
  const { unchangedForMs = 0, slowdown = 1 } = input;
  const wished =
    etaMs === null
      ? elapsedMs * partOfAge
      : Math.max(etaMs * partOfRest, unchangedForMs * partOfAge);
  const center = Math.min(maxIntervalMs, Math.max(minIntervalMs, wished) * slowdown);
  const lowest = Math.max(minIntervalMs, center * (1 - jitter));
  const highest = Math.min(maxIntervalMs, center * (1 + jitter));
  return lowest + random * (highest - lowest);
}

/** What {@link fitBeforeDeadline} needs to know. All moments are of one clock. */
export interface PollWindow {
  readonly nowMs: number;
  /** The latest moment at which a poll may begin and still end in time. */
  readonly lastPollAtMs: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
}

/**
 * When to poll, given when it was meant to be: the last poll falls just before the deadline, and the
 * one before it not so late that there is no room. Only the last one may come sooner than
 * `minIntervalMs`. `Infinity` when there is no time left for a poll.
 */
export function fitBeforeDeadline(pollAtMs: number, window: PollWindow): number {
  const { nowMs, lastPollAtMs, minIntervalMs, maxIntervalMs } = window;
  if (lastPollAtMs - nowMs < leastGapMs) return Infinity;
  if (pollAtMs <= lastPollAtMs - minIntervalMs) return pollAtMs;
  if (lastPollAtMs - nowMs <= maxIntervalMs) return lastPollAtMs;
  return Math.max(nowMs, lastPollAtMs - 2 * minIntervalMs) + minIntervalMs;
}
