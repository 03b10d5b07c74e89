import { WatcherOptionError } from "../errors.ts";
import { checkConcurrency, type RateLimit } from "../rate-limit.ts";
import type { WatchConnectionOptions } from "./connect.ts";
import { type LimiterWindow, limiterWindow } from "./limiter-window.ts";

/** Options of {@link bullmqEngine}. */
export interface BullmqEngineOptions {
  /**
   * How to connect to Redis or Valkey: a URL, options of ioredis, or a function that creates a
   * connection. Redis must not lose data: set `appendonly yes` and `maxmemory-policy noeviction`.
   */
  readonly connection: WatchConnectionOptions;
  /**
   * The prefix of every key, the same in all processes that share watches. Its braces keep the keys
   * in one slot of a Redis Cluster; the engine adds them if they are missing.
   *
   * @default "{sync-log}"
   */
  readonly prefix?: string | undefined;
  /**
   * At most `max` polls in any `perMs` milliseconds, in all processes together. It must be the same
   * in each of them.
   *
   * @default no limit
   */
  readonly rateLimit?: RateLimit | undefined;
  /**
   * How many polls, and how many deliveries, run at a time in this process.
   *
   * @default 50
   */
  readonly concurrency?: number | undefined;
  /**
   * How long a process keeps its polls and deliveries without renewing their locks, in milliseconds;
   * it renews them after half of that. A short time lets others take over the work of a dead process
   * sooner; a long time lets a process with a blocked event loop keep its work.
   *
   * @default 15000
   */
  readonly lockMs?: number;
  /**
   * How often processes look for the work of dead ones, in milliseconds. Such work continues after
   * `lockMs` and at most twice this time.
   *
   * @default 5000
   */
  readonly stalledCheckMs?: number;
  /**
   * How long a delivered outcome is remembered, in milliseconds, rounded up to whole seconds: until
   * then `status` returns it, and `watch` does nothing for the same sync log.
   *
   * @default 3600000 (an hour)
   */
  readonly retainDeliveredMs?: number;
}

/** The options, checked and with defaults. */
export interface CheckedBullmqOptions {
  readonly connection: WatchConnectionOptions;
  readonly prefix: string;
  readonly limiter: LimiterWindow;
  readonly concurrency: number;
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  readonly retainDeliveredMs: number;
}

function atLeast(minimum: number, name: string, value: number): number {
  if (Number.isFinite(value) && value >= minimum) return value;
  throw new WatcherOptionError(
    `${name} must be a number of at least ${minimum}; it is ${String(value)}.`,
  );
}

/** Throws a {@link WatcherOptionError} that names the invalid option. */
export function checkBullmqOptions(options: BullmqEngineOptions): CheckedBullmqOptions {
  const { connection, prefix = "{sync-log}", rateLimit, concurrency } = options;
  const { lockMs = 15_000, stalledCheckMs = 5000, retainDeliveredMs = 3_600_000 } = options;
  if (prefix === "") throw new WatcherOptionError("prefix must not be empty.");
  return {
    connection,
    prefix: /\{.+\}/u.test(prefix) ? prefix : `{${prefix}}`,
    limiter: limiterWindow(rateLimit),
    concurrency: checkConcurrency(concurrency),
    lockMs: atLeast(500, "lockMs", lockMs),
    stalledCheckMs: atLeast(100, "stalledCheckMs", stalledCheckMs),
    retainDeliveredMs: atLeast(0, "retainDeliveredMs", retainDeliveredMs),
  };
}
