import { WatcherOptionError } from "../errors.ts";
import type { WatchConnectionOptions } from "./connect.ts";
import { checkRateLimit, type RateLimit } from "../rate-limit.ts";

/** Options of {@link bullmqEngine}. */
export interface BullmqEngineOptions {
  /**
   * Where Redis or Valkey is: a URL, ioredis's options, or a function that makes a connection.
   * Redis must keep what it was given: `appendonly yes`, and `maxmemory-policy noeviction`.
   */
  readonly connection: WatchConnectionOptions;
  /**
   * Begins every key. All processes that share watches need the same one. The braces keep all keys
   * of one prefix in one slot of a Redis Cluster; without them the engine adds them.
   *
   * @default "{sync-log}"
   */
  readonly prefix?: string;
  /**
   * At most `max` polls in any `perMs` milliseconds, over all processes together. Give every
   * process the same.
   *
   * @default no limit
   */
  readonly rateLimit?: RateLimit;
  /**
   * How many polls, and how many deliveries, this process runs at a time.
   *
   * @default 50
   */
  readonly concurrency?: number;
  /**
   * For how long a poll stays with a process that gives no sign of life, in milliseconds. A process
   * renews its hold at half of it. Short: the work of a dead process is taken over sooner; long: a
   * process whose event loop was blocked keeps its work.
   *
   * @default 15000
   */
  readonly lockMs?: number;
  /**
   * How often the processes look for work of dead ones, in milliseconds. That work goes on after
   * `lockMs` and at most twice this.
   *
   * @default 5000
   */
  readonly stalledCheckMs?: number;
  /**
   * For how long a delivered outcome is remembered, in milliseconds: `status` shows it, and `watch`
   * for the same sync log does nothing. Counts in whole seconds.
   *
   * @default 3600000 (an hour)
   */
  readonly retainDeliveredMs?: number;
}

/** The options, checked and complete. */
export interface CheckedBullmqOptions {
  readonly connection: WatchConnectionOptions;
  readonly prefix: string;
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number;
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  readonly retainDeliveredMs: number;
}

function atLeast(name: string, value: number, minimum: number): number {
  if (!(Number.isFinite(value) && value >= minimum)) {
    throw new WatcherOptionError(
      `${name} must be a number of at least ${minimum}; it is ${String(value)}.`,
    );
  }
  return value;
}

/** Throws a {@link WatcherOptionError} that names the option that is not usable. */
export function checkBullmqOptions(options: BullmqEngineOptions): CheckedBullmqOptions {
  const { prefix = "{sync-log}", concurrency = 50, lockMs = 15_000 } = options;
  const { stalledCheckMs = 5000, retainDeliveredMs = 3_600_000, rateLimit = null } = options;
  if (prefix === "") throw new WatcherOptionError("prefix must not be empty.");
  if (!Number.isInteger(concurrency)) {
    throw new WatcherOptionError(`concurrency must be a whole number; it is ${concurrency}.`);
  }
  return {
    connection: options.connection,
    prefix: /\{.+\}/u.test(prefix) ? prefix : `{${prefix}}`,
    rateLimit: rateLimit === null ? null : checkRateLimit(rateLimit),
    concurrency: atLeast("concurrency", concurrency, 1),
    lockMs: atLeast("lockMs", lockMs, 500),
    stalledCheckMs: atLeast("stalledCheckMs", stalledCheckMs, 100),
    retainDeliveredMs: atLeast("retainDeliveredMs", retainDeliveredMs, 0),
  };
}
