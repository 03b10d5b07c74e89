import type { Logger, SyncLogClient } from "@qontext/sync-log-client";
import type { DeliveryPolicy, WatchEngine } from "./engine.ts";
import type { WatchUpdate } from "./watch/decide-next.ts";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { PollOptions } from "./watch/watch-rules.ts";
import type { JsonValue } from "./watch/watch-state.ts";
import type { WatcherEvent } from "./watcher-event.ts";

/** Options of one delivery of an outcome. */
export interface DeliveryContext {
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the process is closing and time is up: the outcome is then delivered elsewhere. */
  readonly signal: AbortSignal;
}

/** Options of {@link createSyncLogWatcher}. */
export interface SyncLogWatcherOptions extends PollOptions {
  /** The client that polls. Its own retries are not used: the next poll does that. */
  readonly client: Pick<SyncLogClient, "getSyncLog">;
  /**
   * Called with what became of each watch, at least once, with the same `idempotencyKey` each time.
   * The outcome is done with when this returns, or its promise resolves; when it throws, it is
   * called again as `delivery` says, and in the end parked.
   */
  readonly onOutcome: (outcome: WatchOutcome, context: DeliveryContext) => unknown;
  /**
   * Called when a sync log that still runs has changed. Nothing is kept for it: a process that dies
   * may take an update with it, and what it throws is reported to `onEvent` and has no effect.
   */
  readonly onUpdate?: ((update: WatchUpdate) => unknown) | undefined;
  /**
   * What keeps the watches.
   *
   * @default embeddedEngine(): this process
   */
  readonly engine?: WatchEngine | undefined;
  /**
   * How long one poll may take, in milliseconds.
   *
   * @default 10000
   */
  readonly pollTimeoutMs?: number | undefined;
  /**
   * When `onOutcome` is called again, and how often in all.
   *
   * @default { maxAttempts: 12, baseDelayMs: 1000, maxDelayMs: 300000 }: twenty minutes at most, half
   * of that on average
   */
  readonly delivery?: Partial<DeliveryPolicy> | undefined;
  /** Told what happens, for logs and metrics. */
  readonly onEvent?: ((event: WatcherEvent) => void) | undefined;
  /** Told what somebody should look at: pauses, parked outcomes, an engine in trouble. */
  readonly logger?: Logger | undefined;
  /** Numbers from 0 up to, not including, 1, for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** Options of one watch. */
export interface WatchOptions {
  /**
   * How long to watch, in milliseconds. Then the watch ends as `timed_out`; the sync may still run.
   *
   * @default 86400000 (a day)
   */
  readonly maxWaitMs?: number | undefined;
  /** Comes back with the outcome. At most 16 KiB of JSON; it is stored with the watch. */
  readonly metadata?: JsonValue | undefined;
}
