import type { WatchDecision } from "./watch/decide-next.ts";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { JsonValue, WatchState } from "./watch/watch-state.ts";
import type { WatchOverview, WatchStage, WatchStatus } from "./watch/watch-status.ts";
import type { WatchTarget } from "./watch/watch-target.ts";
import type { WatcherEvent } from "./watcher-event.ts";

/** A watch to be added; ids and options have been checked. */
export interface NewWatch extends WatchTarget {
  /** How long to watch, in milliseconds. */
  readonly maxWaitMs: number;
  /** Comes back with the outcome. */
  readonly metadata?: JsonValue | undefined;
}

/** When an `onOutcome` that throws is called again, and how often in all. */
export interface DeliveryPolicy {
  /** How often in all; then the outcome is parked. */
  readonly maxAttempts: number;
  /** The most after the first failure, in milliseconds; doubled for each one after it. */
  readonly baseDelayMs: number;
  /** The most after any failure, in milliseconds. */
  readonly maxDelayMs: number;
}

/** What an engine calls; given by the watcher. */
export interface WatchWork {
  /**
   * Polls once and says what follows. Rejects only when `signal` is aborted, and then the watch
   * has to stay as it was.
   */
  poll(state: WatchState, nowMs: () => number, signal: AbortSignal): Promise<WatchDecision>;
  /** Hands an outcome to the application; rejects where it did not take it. */
  deliver(outcome: WatchOutcome, attempt: number, signal: AbortSignal): Promise<void>;
  /** Tells what happened, for logs and metrics; never throws. */
  report(event: WatcherEvent): void;
  /** When an outcome that was not taken is delivered again. */
  readonly delivery: DeliveryPolicy;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * Keeps the watches and calls for the polls: in this process (`embeddedEngine`), or on Redis
 * (`bullmqEngine` of `@qontext/sync-log-watcher/bullmq`). An engine serves one watcher.
 */
export interface WatchEngine {
  /** Begins to poll and to deliver. An engine that is not started only keeps and answers. */
  start(work: WatchWork): Promise<void>;
  /** Resolves once the watch is stored; false where there was one already. */
  add(watch: NewWatch): Promise<boolean>;
  /** Null where there is no such watch, or it was delivered long ago. */
  status(target: WatchTarget): Promise<WatchStatus | null>;
  /** Ends a watch without an outcome; false where there was none, or its outcome is on its way. */
  cancel(target: WatchTarget): Promise<boolean>;
  /** Every watch, or those of one stage. */
  list(stage?: WatchStage): AsyncIterable<WatchStatus>;
  /** Delivers a parked outcome again, or every one; resolves to how many. */
  redrive(target?: WatchTarget): Promise<number>;
  /** Resumes polls after a pause; false if they were not paused. */
  resume(): Promise<boolean>;
  /** How many watches there are in each stage, and whether and why polls are paused. */
  overview(): Promise<WatchOverview>;
  /**
   * Starts no new poll, lets those in flight finish, gives up what is still running after
   * `graceMs`, and leaves all the rest to other processes.
   */
  close(graceMs: number): Promise<void>;
}
