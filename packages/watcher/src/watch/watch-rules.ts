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
  /**
   * How often a refused key is tried again, by one process for all of them, in milliseconds. Until it
   * is accepted no other poll is sent with it.
   *
   * @default 30000
   */
  readonly probeEveryMs?: number | undefined;
}

/** When to poll, and when to try a refused key. */
export interface WatchRules extends PollRules {
  /** How long a watch whose key is refused waits, in milliseconds. */
  readonly probeEveryMs: number;
}

/** The rules for `decideNext`; throws a {@link WatcherOptionError} for an invalid option. */
export function watchRules(options: PollOptions, random: () => number): WatchRules {
  const { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxRetryAfterMs } = options;
  const { maxFailingMs = Infinity, probeEveryMs = 30_000 } = options;
  if (!(probeEveryMs >= 1 && probeEveryMs < Infinity)) {
    throw new WatcherOptionError("probeEveryMs must be a finite number of at least 1.");
  }
  const given = { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxRetryAfterMs, maxFailingMs };
  try {
    // Only a poll ends a watch, so that the last poll is at the deadline.
    return { ...resolveWaitLimits(given), leadMs: 0, random, probeEveryMs };
  } catch (cause) {
    if (!isInvalidParameterError(cause)) throw cause;
    throw new WatcherOptionError(cause.message, { cause });
  }
}
