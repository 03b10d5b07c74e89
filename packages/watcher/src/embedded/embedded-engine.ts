import type { WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError } from "../errors.ts";
import { checkConcurrency, checkRateLimit, type RateLimit } from "../rate-limit.ts";
import { longestTimerMs } from "../until-aborted.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import { type NewWatch, newWatchState } from "../watch/new-watch.ts";
import { isEndedOutcome, type WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import {
  countStages,
  type EngineHealth,
  type WatchOverview,
  type WatchStage,
  type WatchStatus,
  watchStatus,
} from "../watch/watch-status.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import type { DeliveryEvent } from "../watcher-event.ts";
import { createRateGate, type RateGate } from "./rate-gate.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import { createTaskQueue, type TaskQueue } from "./task-queue.ts";

/** Options of {@link embeddedEngine}. */
export interface EmbeddedEngineOptions {
  /** At most `max` polls in any `perMs` milliseconds. @default no limit */
  readonly rateLimit?: RateLimit;
  /** How many polls, and how many deliveries, run at a time. @default 50 */
  readonly concurrency?: number;
  /**
   * How long a delivered outcome is remembered, in milliseconds: until then `status` returns it, and
   * `watch` does nothing for the same sync log. @default 3600000 (an hour)
   */
  readonly retainDeliveredMs?: number;
}

interface EmbeddedWatch {
  readonly key: string;
  state: WatchState;
  stage: WatchStage;
  outcome: WatchOutcome | null;
  failedDeliveries: number;
  deliveryError: string | null;
  /** Undefined while the watch is polled or delivered, or waits for its turn. */
  timer: NodeJS.Timeout | undefined;
}

function statusOf(watch: EmbeddedWatch): WatchStatus {
  const { state, outcome, stage, failedDeliveries, deliveryError } = watch;
  return watchStatus(outcome ?? state, stage, failedDeliveries, deliveryError);
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
  readonly #polls: TaskQueue;
  readonly #deliveries: TaskQueue;
  readonly #originMs = Date.now() - performance.now();
  #work: WatchWork | null = null;
  readonly #refusedKeys = createRefusedKeys(() => this.#nowMs());
  #gateTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor({ rateLimit, ...options }: EmbeddedEngineOptions) {
    const concurrency = checkConcurrency(options.concurrency);
    this.#retainDeliveredMs = options.retainDeliveredMs ?? 3_600_000;
    this.#gate = createRateGate(rateLimit === undefined ? null : checkRateLimit(rateLimit));
    this.#polls = createTaskQueue(concurrency, () => this.#mayPoll());
    this.#deliveries = createTaskQueue(concurrency, () => this.#work !== null);
  }

  async start(work: WatchWork): Promise<void> {
    this.#work = work;
    this.#polls.run();
    this.#deliveries.run();
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
    const watch: EmbeddedWatch = {
      key,
      state: newWatchState(request, this.#nowMs()),
      stage: "waiting",
      outcome: null,
      failedDeliveries: 0,
      deliveryError: null,
      timer: undefined,
    };
    this.#watches.set(key, watch);
    this.#queuePoll(watch);
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

  #queuePoll(watch: EmbeddedWatch): void {
    this.#polls.add(() => this.#poll(watch));
  }

  #queueDelivery(watch: EmbeddedWatch): void {
    watch.stage = "delivering";
    this.#deliveries.add(() => this.#deliver(watch));
  }

  #after(watch: EmbeddedWatch, delayMs: number, next: () => void): void {
    if (this.#closing !== undefined) return;
    watch.timer = setTimeout(next, Math.min(delayMs, longestTimerMs));
  }

  #mayPoll(): boolean {
    if (this.#work === null || this.#closing !== undefined) return false;
    const waitMs = this.#gate.tryPass(performance.now());
    if (waitMs === 0) return true;
    if (this.#gateTimer === undefined) {
      this.#work.report({ type: "rate_limited", delayMs: waitMs });
      this.#gateTimer = setTimeout(() => {
        this.#gateTimer = undefined;
        this.#polls.run();
      }, Math.ceil(waitMs));
    }
    return false;
  }

  async #poll(watch: EmbeddedWatch): Promise<void> {
    if (this.#work === null || !this.#isCurrent(watch)) return;
    watch.stage = "polling";
    let decision: WatchDecision;
    try {
      decision = await this.#work.poll(watch.state, {
        nowMs: this.#nowMs,
        signal: this.#abort.signal,
        refusedKeys: this.#refusedKeys,
      });
    } catch {
      // Aborted: the process is closing, and the watch ends with it.
      return;
    } finally {
      watch.stage = "waiting";
    }
    watch.state = decision.state;
    if (this.#isCurrent(watch)) this.#apply(watch, decision);
  }

  #apply(watch: EmbeddedWatch, decision: WatchDecision): void {
    if (decision.pauseAllMs > 0) {
      this.#gate.closeUntil(performance.now() + decision.pauseAllMs);
    }
    if (decision.kind === "deliver") {
      watch.outcome = decision.outcome;
      this.#queueDelivery(watch);
    } else {
      this.#after(watch, decision.delayMs, () => this.#queuePoll(watch));
    }
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
    clearTimeout(this.#gateTimer);
    for (const watch of this.#watches.values()) clearTimeout(watch.timer);
    const abort = (): void => this.#abort.abort(new Error("The watcher is closing."));
    const grace = setTimeout(abort, graceMs);
    await this.#polls.drain();
    // The last polls may have produced outcomes.
    await this.#deliveries.drain();
    clearTimeout(grace);
    abort();
  }
}
