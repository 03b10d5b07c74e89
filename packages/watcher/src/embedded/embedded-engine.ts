import type { WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError } from "../errors.ts";
import { checkConcurrency, checkRateLimit, type RateLimit } from "../rate-limit.ts";
import { longestTimerMs } from "../until-aborted.ts";
import { type NewWatch, newWatchState } from "../watch/new-watch.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import {
  countStages,
  type EngineHealth,
  type WatchOverview,
  type WatchStage,
  type WatchStatus,
} from "../watch/watch-status.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import type { DeliveryEvent } from "../watcher-event.ts";
import { type EmbeddedWatch, newEmbeddedWatch, statusOf } from "./embedded-watch.ts";
import { EmbeddedPolls } from "./embedded-polls.ts";
import { createRateGate, type RateGate } from "./rate-gate.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import { createTaskQueue, type TaskQueue } from "./task-queue.ts";

/** Options of {@link embeddedEngine}. */
export interface EmbeddedEngineOptions {
  /** At most `max` polls and lists in any `perMs` milliseconds. @default no limit */
  readonly rateLimit?: RateLimit;
  /** How many polls, and how many deliveries, run at a time. @default 50 */
  readonly concurrency?: number;
  /**
   * How long a delivered outcome is remembered, in milliseconds: until then `status` returns it, and
   * `watch` does nothing for the same sync log. @default 3600000 (an hour)
   */
  readonly retainDeliveredMs?: number;
}

/**
 * Stores watches in this process, without any installation; they end with the process. The default.
 *
 * @throws WatcherOptionError for an invalid option
 */
export function embeddedEngine(options: EmbeddedEngineOptions = {}): WatchEngine {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements WatchEngine {
  readonly #watches = new Map<string, EmbeddedWatch>();
  readonly #abort = new AbortController();
  readonly #retainDeliveredMs: number;
  readonly #gate: RateGate;
  readonly #concurrency: number;
  readonly #deliveries: TaskQueue<EmbeddedWatch>;
  readonly #originMs = Date.now() - performance.now();
  #work: WatchWork | null = null;
  readonly #refusedKeys = createRefusedKeys(() => this.#nowMs());
  #polls: EmbeddedPolls | null = null;
  #closing: Promise<void> | undefined;

  constructor({ rateLimit, ...options }: EmbeddedEngineOptions) {
    this.#concurrency = checkConcurrency(options.concurrency);
    this.#retainDeliveredMs = options.retainDeliveredMs ?? 3_600_000;
    this.#gate = createRateGate(rateLimit === undefined ? null : checkRateLimit(rateLimit));
    this.#deliveries = createTaskQueue(
      this.#concurrency,
      (watch) => this.#deliver(watch),
      () => this.#work !== null,
    );
  }

  async start(work: WatchWork): Promise<void> {
    this.#work = work;
    const polls = new EmbeddedPolls({
      work,
      context: {
        nowMs: this.#nowMs,
        signal: this.#abort.signal,
        refusedKeys: this.#refusedKeys,
      },
      gate: this.#gate,
      concurrency: this.#concurrency,
      after: (watch, delayMs, next) => this.#after(watch, delayMs, next),
      onEnd: (watch, outcome) => {
        watch.outcome = outcome;
        this.#queueDelivery(watch);
      },
    });
    this.#polls = polls;
    for (const watch of this.#watches.values()) polls.begin(watch);
  }

  async add(request: NewWatch): Promise<boolean> {
    if (this.#closing !== undefined) throw new WatcherClosedError();
    const key = watchKey(request);
    const known = this.#watches.get(key);
    if (known !== undefined) {
      const { stage, outcome } = known;
      if (stage !== "delivered" || outcome === null || isEndedOutcome(outcome)) return false;
      clearTimeout(known.timer);
    }
    const watch = newEmbeddedWatch(key, newWatchState(request, this.#nowMs()));
    this.#watches.set(key, watch);
    this.#polls?.begin(watch);
    return true;
  }

  async status(target: WatchTarget): Promise<WatchStatus | null> {
    const watch = this.#watches.get(watchKey(target));
    return watch === undefined ? null : statusOf(watch);
  }

  async cancel(target: WatchTarget | string): Promise<boolean> {
    const watch = this.#watches.get(watchKey(target));
    if (watch === undefined || watch.stage === "delivering" || watch.stage === "delivered") {
      return false;
    }
    clearTimeout(watch.timer);
    this.#polls?.end(watch);
    return this.#watches.delete(watch.key);
  }

  async *list(stage?: WatchStage): AsyncGenerator<WatchStatus> {
    for (const watch of Array.from(this.#watches.values())) {
      const isListed = stage === undefined || watch.stage === stage;
      if (isListed && this.#isCurrent(watch)) yield statusOf(watch);
    }
  }

  async redrive(target?: WatchTarget): Promise<number> {
    const key = target === undefined ? undefined : watchKey(target);
    let count = 0;
    for (const watch of this.#watches.values()) {
      if (watch.stage !== "parked" || (key !== undefined && watch.key !== key)) continue;
      watch.failedDeliveries = 0;
      this.#queueDelivery(watch);
      count++;
    }
    return count;
  }

  async resume(): Promise<boolean> {
    return this.#refusedKeys.clear();
  }

  async overview(): Promise<WatchOverview> {
    const stages = Array.from(this.#watches.values(), ({ stage }) => [stage, 1] as const);
    const paused = this.#refusedKeys.longest();
    return { counts: countStages(stages), paused, oldestDueMs: 0 };
  }

  health(): EngineHealth {
    const paused = this.#refusedKeys.longest();
    return { trouble: null, paused, warning: null, lastFetchAtMs: null, lastWriteAtMs: null };
  }

  async close(graceMs: number): Promise<void> {
    this.#closing ??= this.#drain(graceMs);
    await this.#closing;
  }

  /** Follows the monotonic clock, so that a change of the machine's date has no effect. */
  readonly #nowMs = (): number => this.#originMs + performance.now();

  /** False once a watch was cancelled, or replaced by a new one of the same sync log. */
  #isCurrent(watch: EmbeddedWatch): boolean {
    return this.#watches.get(watch.key) === watch;
  }

  #queueDelivery(watch: EmbeddedWatch): void {
    watch.stage = "delivering";
    this.#deliveries.add(watch);
  }

  #after(watch: EmbeddedWatch, delayMs: number, next: () => void): void {
    if (this.#closing !== undefined) return;
    watch.timer = setTimeout(next, Math.min(delayMs, longestTimerMs));
  }

  async #deliver(watch: EmbeddedWatch): Promise<void> {
    const work = this.#work;
    const { outcome } = watch;
    if (work === null || outcome === null || !this.#isCurrent(watch)) return;
    const attempt = watch.failedDeliveries + 1;
    const delivery = { outcome, attempt, maxAttempts: work.maxAttempts };
    let event: DeliveryEvent;
    try {
      event = await work.deliver(delivery, this.#nowMs, this.#abort.signal);
    } catch {
      // Aborted, as in a poll.
      return;
    }
    work.report(event);
    if (event.type === "delivered") {
      watch.stage = "delivered";
      this.#after(watch, this.#retainDeliveredMs, () => {
        if (this.#isCurrent(watch)) this.#watches.delete(watch.key);
      });
      // Remembering a delivered outcome must not keep the process alive.
      watch.timer?.unref();
      return;
    }
    watch.failedDeliveries = attempt;
    watch.deliveryError = event.error.message;
    watch.stage = event.parked ? "parked" : "retrying";
    if (event.retryDelayMs !== null) {
      this.#after(watch, event.retryDelayMs, () => this.#queueDelivery(watch));
    }
  }

  async #drain(graceMs: number): Promise<void> {
    for (const watch of this.#watches.values()) clearTimeout(watch.timer);
    const abort = (): void => this.#abort.abort(new Error("The watcher is closing."));
    const grace = setTimeout(abort, graceMs);
    await this.#polls?.drain();
    // The last polls may have produced outcomes.
    await this.#deliveries.drain();
    clearTimeout(grace);
    abort();
  }
}
