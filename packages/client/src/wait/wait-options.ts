import { checkNumber, refuseNamed } from "../refuse.ts";
import type { OptionRules } from "../check-options.ts";
import { type RequestOptions, requestRules } from "../request-options.ts";
import type { SyncLogUpdate } from "./wait-result.ts";

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
   * Where the process stood still over that moment, the sync log is looked at once more; where that fails, twice.
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
   * How long from its start a wait takes a 404 for a sync log that is not there yet, in milliseconds.
   * Once the sync log was seen, a 404 ends the wait.
   * @default 0
   */
  readonly notFoundGraceMs?: number | undefined;
  /**
   * How long polls may fail transiently without a break, in milliseconds: by what the client's
   * `retry` would send again. The first one to fail after that ends the wait with its error; every
   * other failure does so at once. Time in which the process stood still does not count.
   * @default 300000 (five minutes)
   */
  readonly maxFailingMs?: number | undefined;
  /**
   * The longest `Retry-After` that polls keep to, in milliseconds, whatever the status it came with;
   * after that the next one is sent, whatever the server asked for.
   * @default 3600000 (an hour)
   */
  readonly maxRetryAfterMs?: number | undefined;
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
   * with just that. Where it gives a promise it is not called again, and the wait does not end, before
   * that is settled: of the updates that come meanwhile it gets the latest. An abort and the end of the
   * wait's time do not wait for it; what it rejects with after that is logged.
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
  readonly maxFailingMs: number;
  readonly maxRetryAfterMs: number;
}

const defaults: WaitLimits = {
  minIntervalMs: 1000,
  maxIntervalMs: 30_000,
  maxWaitMs: 86_400_000,
  deadlineMs: Infinity,
  stalledAfterMs: 300_000,
  notFoundGraceMs: 0,
  maxFailingMs: 300_000,
  maxRetryAfterMs: 3_600_000,
};

function rulesOf(more: OptionRules): OptionRules {
  const limits = Object.keys(defaults).map((name) => [name, 0]);
  return { ...requestRules, ...Object.fromEntries(limits), ...more };
}

// The annotation lets a bundler leave out those that are not used.

/** What the options of `watchSyncLog` have to be. */
export const watchRules: OptionRules = /* @__PURE__ */ rulesOf({});

/** What the options of `waitForSyncLog` have to be. */
export const waitRules: OptionRules = /* @__PURE__ */ rulesOf({ onProgress: "a function" });

/** Checks the options and puts the defaults in place. @throws InvalidParameterError */
export function resolveWaitLimits(options: WatchOptions): WaitLimits {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of an object of that type
  const names = Object.keys(defaults) as (keyof WaitLimits)[];
  // A service may have many thousands of waits: those without options of their own share one object.
  if (names.every((name) => options[name] === undefined)) return defaults;
  const given: { -readonly [Name in keyof WaitLimits]: number } = { ...defaults };
  for (const name of names) given[name] = checkNumber(name, options[name] ?? given[name]);
  const { minIntervalMs, maxIntervalMs } = given;
  if (minIntervalMs <= maxIntervalMs) return given;
  if (options.maxIntervalMs === undefined) return { ...given, maxIntervalMs: minIntervalMs };
  if (options.minIntervalMs === undefined) return { ...given, minIntervalMs: maxIntervalMs };
  return refuseNamed("minIntervalMs", "is more than `maxIntervalMs`");
}
