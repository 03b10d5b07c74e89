import { checkNumber, refuse } from "../refuse.ts";
import type { RequestOptions } from "../request-options.ts";
import type { SyncLogUpdate } from "./sync-log-update.ts";

/** Options of `watchSyncLog`. `timeoutMs`, `retry` and `headers` are those of each poll. */
export interface WatchOptions extends RequestOptions {
  /**
   * The shortest time between two polls, in milliseconds; only the last one, just before the wait
   * ends, may come sooner.
   * @default 1000
   */
  readonly minIntervalMs?: number | undefined;
  /**
   * The longest time between two polls, in milliseconds, unless the server asks for more.
   * @default 30000
   */
  readonly maxIntervalMs?: number | undefined;
  /**
   * How long to wait, in milliseconds. Then the wait ends with a `WaitTimeoutError`; the sync goes on.
   * @default 86400000 (a day)
   */
  readonly maxWaitMs?: number | undefined;
  /**
   * How long nothing may change before that is reported, in milliseconds: by one update with
   * `isStalled`, until something changes again. The wait goes on. `Infinity` reports none.
   * @default 300000 (five minutes)
   */
  readonly stalledAfterMs?: number | undefined;
  /**
   * How long a 404 is taken for a sync log that is not there yet, in milliseconds.
   * @default 0
   */
  readonly notFoundGraceMs?: number | undefined;
  /**
   * How many polls in a row may fail, by what may pass: network errors, timeouts, 408, 429, 5xx. One
   * more ends the wait with its error.
   * @default 5
   */
  readonly maxConsecutiveFailures?: number | undefined;
  /**
   * Whether a failed poll sends its request again by itself.
   * @default false: the next poll does that
   */
  readonly retry?: RequestOptions["retry"];
  /**
   * How long the whole wait may take, in milliseconds, as `maxWaitMs`; it ends with a
   * `DeadlineExceededError`.
   * @default no limit but `maxWaitMs`
   */
  readonly deadlineMs?: number | undefined;
}

/** Options of `waitForSyncLog`. */
export interface WaitOptions extends WatchOptions {
  /**
   * Called with each update, the last one included. What it throws, or rejects with, ends the wait
   * with just that.
   */
  readonly onProgress?: ((update: SyncLogUpdate) => unknown) | undefined;
}

/** The options of a wait with the defaults in place. */
export interface WaitLimits {
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  readonly maxWaitMs: number;
  readonly deadlineMs: number;
  readonly stalledAfterMs: number;
  readonly notFoundGraceMs: number;
  readonly maxConsecutiveFailures: number;
}

const defaults: WaitLimits = {
  minIntervalMs: 1000,
  maxIntervalMs: 30_000,
  maxWaitMs: 86_400_000,
  deadlineMs: Infinity,
  stalledAfterMs: 300_000,
  notFoundGraceMs: 0,
  maxConsecutiveFailures: 5,
};

/** Checks the options and puts the defaults in place. @throws InvalidParameterError */
export function resolveWaitLimits(options: WatchOptions): WaitLimits {
  const limit = (name: keyof WaitLimits): number =>
    checkNumber(name, options[name] ?? defaults[name]);
  const given: WaitLimits = {
    minIntervalMs: limit("minIntervalMs"),
    maxIntervalMs: limit("maxIntervalMs"),
    maxWaitMs: limit("maxWaitMs"),
    deadlineMs: limit("deadlineMs"),
    stalledAfterMs: limit("stalledAfterMs"),
    notFoundGraceMs: limit("notFoundGraceMs"),
    maxConsecutiveFailures: limit("maxConsecutiveFailures"),
  };
  const { minIntervalMs, maxIntervalMs } = given;
  if (minIntervalMs <= maxIntervalMs) return given;
  if (options.maxIntervalMs === undefined) return { ...given, maxIntervalMs: minIntervalMs };
  if (options.minIntervalMs === undefined) return { ...given, minIntervalMs: maxIntervalMs };
  return refuse("minIntervalMs", "`minIntervalMs` is more than `maxIntervalMs`.");
}
