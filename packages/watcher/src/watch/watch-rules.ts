import { isInvalidParameterError, type WatchOptions } from "@qontext/sync-log-client";
import { type PollRules, resolveWaitLimits } from "@qontext/sync-log-client/wait";
import { WatcherOptionError } from "../errors.ts";

/** When polls happen, and which failures are tolerated: as in the client's waits. */
export interface PollOptions extends Pick<
  WatchOptions,
  "minIntervalMs" | "maxIntervalMs" | "notFoundGraceMs" | "maxRetryAfterMs"
> {
  /**
   * How long the polls of one sync log may fail transiently without a break, in milliseconds. The
   * first one to fail after that ends the watch as `timed_out`.
   *
   * @default Infinity: as long as the watch lasts
   */
  readonly maxFailingMs?: number | undefined;
}

/** The rules of the client's law of waiting; throws a {@link WatcherOptionError} on bad options. */
export function watchRules(options: PollOptions, random: () => number): PollRules {
  const { maxFailingMs = Infinity, minIntervalMs, maxIntervalMs } = options;
  const { notFoundGraceMs, maxRetryAfterMs } = options;
  const given = { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxRetryAfterMs, maxFailingMs };
  try {
    // The last poll falls on the deadline: nothing ends a watch but a poll.
    return { ...resolveWaitLimits(given), leadMs: 0, random };
  } catch (cause) {
    if (!isInvalidParameterError(cause)) throw cause;
    throw new WatcherOptionError(cause.message, { cause });
  }
}
