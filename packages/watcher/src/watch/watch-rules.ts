import { isInvalidParameterError, type WatchOptions } from "@qontext/sync-log-client";
import { type PollRules, resolveWaitLimits } from "@qontext/sync-log-client/wait";
import { WatcherOptionError } from "../errors.ts";

/** When to poll and which failures to tolerate, as in the client's waits. */
export interface PollOptions extends Pick<
  WatchOptions,
  "minIntervalMs" | "maxIntervalMs" | "notFoundGraceMs" | "maxRetryAfterMs"
> {
  /**
   * How long all polls of a sync log may fail transiently, in milliseconds. The first failure after
   * that ends the watch as `timed_out`.
   *
   * @default Infinity: as long as the watch lasts
   */
  readonly maxFailingMs?: number | undefined;
}

/** The rules for `decidePoll`; throws a {@link WatcherOptionError} for an invalid option. */
export function watchRules(options: PollOptions, random: () => number): PollRules {
  const { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxRetryAfterMs } = options;
  const { maxFailingMs = Infinity } = options;
  const given = { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxRetryAfterMs, maxFailingMs };
  try {
    // Only a poll ends a watch, so that the last poll is at the deadline.
    return { ...resolveWaitLimits(given), leadMs: 0, random };
  } catch (cause) {
    if (!isInvalidParameterError(cause)) throw cause;
    throw new WatcherOptionError(cause.message, { cause });
  }
}
