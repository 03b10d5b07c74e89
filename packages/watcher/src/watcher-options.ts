import type { Logger } from "@qontext/sync-log-client";
import type { SyncLogSource } from "@qontext/sync-log-client/wait";
import type { WatchEngine } from "./engine.ts";
import type { WatchUpdate } from "./watch/decide-next.ts";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { PollOptions } from "./watch/watch-rules.ts";
import type { WatcherEvent } from "./watcher-event.ts";

/** How often `onOutcome` is called when it throws, and after which delays. */
export interface DeliveryPolicy {
  /** The number of calls after which the outcome is parked. */
  readonly maxAttempts: number;
  /** The longest delay after the first failure, in milliseconds; doubled after each further one. */
  readonly baseDelayMs: number;
  /** The longest delay after any failure, in milliseconds. */
  readonly maxDelayMs: number;
}

/** The second argument of `onOutcome`. */
export interface DeliveryContext {
  /** 1 for the first call. */
  readonly attempt: number;
  /**
   * Aborted when `deliveryTimeoutMs` is over, and when the process closes and its grace is over;
   * another process then delivers again.
   */
  readonly signal: AbortSignal;
}

/** Options of {@link createSyncLogWatcher}. */
export interface SyncLogWatcherOptions extends PollOptions {
  /**
   * The client that polls, or a function that gives the one of a workspace, where each has a key of its
   * own. Its own retries are off: the next poll is the retry. The watcher also takes its keys out of
   * all that it stores and tells; an object of your own is best made as `{ ...client, getSyncLog }`,
   * which keeps that.
   */
  readonly client: SyncLogSource | ((workspaceId: string) => SyncLogSource);
  /**
   * Called at least once with the outcome of each watch, with the same `idempotencyKey` each time.
   * The outcome is delivered once this returns, or its promise resolves. If it throws, it is called
   * again as `delivery` says, and in the end the outcome is parked. The error may have a `retryAfterMs`,
   * before which it is not called again, or `isFinal: true`, after which it is not called again at all.
   */
  readonly onOutcome: (outcome: WatchOutcome, context: DeliveryContext) => unknown;
  /**
   * Called when a sync log has changed but not ended. Updates are not stored: one is lost when its
   * process dies. An error thrown here is reported to `onEvent` and has no other effect.
   */
  readonly onUpdate?: ((update: WatchUpdate) => unknown) | undefined;
  /**
   * Stores the watches.
   *
   * @default embeddedEngine(), in this process
   */
  readonly engine?: WatchEngine | undefined;
  /**
   * What watches are polled with. `auto`: where several are of one workspace, one list takes the place of their polls whenever
   * it costs less, for all processes; of an end that it shows, `getSyncLog` has the last word. `single`: with `getSyncLog`
   * alone.
   *
   * @default "auto"
   */
  readonly polls?: "auto" | "single" | undefined;
  /**
   * How long one poll may take, in milliseconds, with the function for the key if the client has one.
   *
   * @default 10000
   */
  readonly pollTimeoutMs?: number | undefined;
  /**
   * How long one call of `onOutcome` or `onUpdate` may take, in milliseconds. After that, its signal
   * is aborted and the call counts as failed, whether or not it settles later.
   *
   * @default 300000 (five minutes)
   */
  readonly deliveryTimeoutMs?: number | undefined;
  /**
   * How often `onOutcome` is called when it throws, and after which delays.
   *
   * @default { maxAttempts: 39, baseDelayMs: 1000, maxDelayMs: 3600000 }, which takes about a day
   */
  readonly delivery?: Partial<DeliveryPolicy> | undefined;
  /** Called for every event, for logs and metrics. */
  readonly onEvent?: ((event: WatcherEvent) => void) | undefined;
  /** Logs the events that need attention: pauses, parked outcomes, errors of the engine. */
  readonly logger?: Logger | undefined;
  /** Returns a number in [0, 1), for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
}
