import type { PollRules } from "@qontext/sync-log-client/wait";
import { WatcherOptionError } from "../errors.ts";

/** When polls happen, and which failures are tolerated. */
export interface PollOptions {
  /**
   * The shortest time between two polls of one sync log, in milliseconds.
   *
   * @default 1000
   */
  readonly minIntervalMs?: number | undefined;
  /**
   * The longest time between two polls of one sync log, in milliseconds, unless the server or the
   * rate limit asks for more.
   *
   * @default 30000
   */
  readonly maxIntervalMs?: number | undefined;
  /**
   * How long a 404 is taken for a sync log that is not there yet, in milliseconds from `watch` on.
   * Once the sync log was seen, a 404 ends the watch.
   *
   * @default 0
   */
  readonly notFoundGraceMs?: number | undefined;
  /**
   * How long the polls of one sync log may fail transiently without a break, in milliseconds. The
   * first one to fail after that ends the watch as `timed_out`.
   *
   * @default Infinity: as long as the watch lasts
   */
  readonly maxFailingMs?: number | undefined;
  /**
   * The longest `Retry-After` that polls keep to, in milliseconds.
   *
   * @default 3600000 (an hour)
   */
  readonly maxRetryAfterMs?: number | undefined;
}

function notNegative(name: string, value: number, most = Number.MAX_VALUE): number {
  if (typeof value === "number" && value >= 0 && value <= most) return value;
  throw new WatcherOptionError(`${name} must be a number of 0 or more; it is ${String(value)}.`);
}

/** The rules of the client's law of waiting; throws a {@link WatcherOptionError} on bad options. */
export function watchRules(options: PollOptions, random: () => number): PollRules {
  const minIntervalMs = notNegative("minIntervalMs", options.minIntervalMs ?? 1000);
  const maxIntervalMs = notNegative(
    "maxIntervalMs",
    options.maxIntervalMs ?? Math.max(30_000, minIntervalMs),
  );
  if (minIntervalMs > maxIntervalMs) {
    throw new WatcherOptionError("minIntervalMs must not be more than maxIntervalMs.");
  }
  return {
    minIntervalMs,
    maxIntervalMs,
    notFoundGraceMs: notNegative("notFoundGraceMs", options.notFoundGraceMs ?? 0),
    maxFailingMs: notNegative("maxFailingMs", options.maxFailingMs ?? Infinity, Infinity),
    maxRetryAfterMs: notNegative("maxRetryAfterMs", options.maxRetryAfterMs ?? 3_600_000),
    // The last poll falls on the deadline: nothing ends a watch but a poll.
    leadMs: 0,
    random,
  };
}
