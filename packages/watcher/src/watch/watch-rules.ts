import { fitBeforeDeadline, nextIntervalMs } from "@qontext/sync-log-client";
import { WatcherOptionError } from "../errors.ts";
import { backoffDelayMs } from "./backoff.ts";
import type { WatchRules } from "./decide-next.ts";

/** When polls happen. */
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
   *
   * @default 0
   */
  readonly notFoundGraceMs?: number | undefined;
}

function notNegative(name: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < Infinity) return value;
  throw new WatcherOptionError(`${name} must be a number of 0 or more; it is ${String(value)}.`);
}

/** Puts the client's interval rule and the options together. */
export function watchRules(options: PollOptions, random: () => number): WatchRules {
  const minIntervalMs = notNegative("minIntervalMs", options.minIntervalMs ?? 1000);
  const maxIntervalMs = notNegative(
    "maxIntervalMs",
    options.maxIntervalMs ?? Math.max(30_000, minIntervalMs),
  );
  if (minIntervalMs > maxIntervalMs) {
    throw new WatcherOptionError("minIntervalMs must not be more than maxIntervalMs.");
  }
  const backoff = {
    baseDelayMs: Math.max(minIntervalMs, 1),
    maxDelayMs: Math.max(maxIntervalMs, 1),
  };
  return {
    intervalMs: (elapsedMs, { etaMs }, unchangedForMs) =>
      nextIntervalMs({
        elapsedMs,
        etaMs,
        unchangedForMs,
        minIntervalMs,
        maxIntervalMs,
        random: random(),
      }),
    fitBefore: (lastPollAtMs, pollAtMs, nowMs) =>
      fitBeforeDeadline(pollAtMs, { nowMs, lastPollAtMs, minIntervalMs, maxIntervalMs }),
    failureDelayMs: (failures) => backoffDelayMs(failures, backoff, random),
    notFoundGraceMs: notNegative("notFoundGraceMs", options.notFoundGraceMs ?? 0),
  };
}
