import { backoffDelayMs } from "@qontext/sync-log-client/wait";
import type { NewWatch, WatchEngine, WatchWork } from "../engine.ts";
import { WatcherClosedError, WatcherOptionError } from "../errors.ts";
import { latencyMs } from "../latency.ts";
import { checkRateLimit, type RateLimit } from "../rate-limit.ts";
import { untilAborted } from "../until-aborted.ts";
import type { WatchDecision } from "../watch/decide-next.ts";
import { isEndedOutcome } from "../watch/watch-outcome.ts";
import { newWatchState } from "../watch/watch-state.ts";
import {
  countByStage,
  type WatchOverview,
  type WatchPause,
  type WatchStage,
  type WatchStatus,
} from "../watch/watch-status.ts";
import { type WatchTarget, watchKey } from "../watch/watch-target.ts";
import { type EmbeddedWatch, newEmbeddedWatch, statusOf } from "./embedded-watch.ts";
import { createRateGate, type RateGate } from "./rate-gate.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Options of {@link embeddedEngine}. */
export interface EmbeddedEngineOptions {
  /** At most `max` polls in any `perMs` milliseconds. @default no limit */
  readonly rateLimit?: RateLimit;
  /** How many polls, and how many deliveries, run at a time. @default 50 */
  readonly concurrency?: number;
  /**
   * For how long a delivered outcome is remembered, in milliseconds: `status` shows it, and `watch`
   * for the same sync log does nothing. @default 3600000 (an hour)
   */
  readonly retainDeliveredMs?: number;
}

/** A longer one would fire at once; a poll that comes too early is harmless. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Watches in this process: nothing to install, and nothing that outlives the process. The default.
 *
 * @throws WatcherOptionError when an option is not usable
 */
export function embeddedEngine(options: EmbeddedEngineOptions = {}): WatchEngine {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements WatchEngine {
  readonly #watches = new Map<string, EmbeddedWatch>();
  readonly #abort = new AbortController();
  readonly #retainDeliveredMs: number;
  readonly #gate: RateGate;
  readonly #polls: Turns;
  readonly #deliveries: Turns;
  readonly #originMs = Date.now() - performance.now();
  #work: WatchWork | null = null;
  #pause: WatchPause | null = null;
  #gateTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: EmbeddedEngineOptions) {
    const { concurrency = 50, retainDeliveredMs = 3_600_000, rateLimit } = options;
    if (!(Number.isInteger(concurrency) && concurrency >= 1)) {
      throw new WatcherOptionError(
        `concurrency must be a whole number of at least 1; it is ${concurrency}.`,
      );
    }
    this.#retainDeliveredMs = retainDeliveredMs;
    this.#gate = createRateGate(rateLimit === undefined ? null : checkRateLimit(rateLimit));
    this.#polls = createTurns(concurrency, () => this.#mayPoll());
    this.#deliveries = createTurns(concurrency, () => this.#work !== null);
  }

  async start(work: WatchWork): Promise<void> {
    this.#work = work;
    this.#polls.go();
    this.#deliveries.go();
  }

  async add(request: NewWatch): Promise<boolean> {
    if (this.#closing !== undefined) {
      throw new WatcherClosedError("The engine is closed. Make a new one to go on.");
    }
    const key = watchKey(request);
    const known = this.#watches.get(key);
    if (known !== undefined) {
      const { stage, outcome } = known;
      if (stage !== "delivered" || outcome === null || isEndedOutcome(outcome)) return false;
      clearTimeout(known.timer);
    }
    const state = newWatchState(request, { ...request, startedAtMs: this.#nowMs() });
    const watch = newEmbeddedWatch(key, state);
    this.#watches.set(key, watch);
    this.#polls.add(() => this.#poll(watch));
    return true;
  }

  async status(target: WatchTarget): Promise<WatchStatus | null> {
    const watch = this.#watches.get(watchKey(target));
    return watch === undefined ? null : statusOf(watch);
  }

  async cancel(target: WatchTarget): Promise<boolean> {
    const watch = this.#watches.get(watchKey(target));
    if (watch === undefined || watch.stage === "delivering" || watch.stage === "delivered") {
      return false;
    }
    clearTimeout(watch.timer);
    return this.#watches.delete(watch.key);
  }

  async *list(stage?: WatchStage): AsyncGenerator<WatchStatus> {
    for (const watch of Array.from(this.#watches.values())) {
      const wanted = stage === undefined || watch.stage === stage;
      if (wanted && this.#isCurrent(watch)) yield statusOf(watch);
    }
  }

  async redrive(target?: WatchTarget): Promise<number> {
    const key = target === undefined ? undefined : watchKey(target);
    let count = 0;
    for (const watch of this.#watches.values()) {
      if (watch.stage !== "parked" || (key !== undefined && watch.key !== key)) continue;
      watch.failedDeliveries = 0;
      watch.stage = "delivering";
      this.#deliveries.add(() => this.#deliver(watch));
      count++;
    }
    return count;
  }

  async resume(): Promise<boolean> {
    const wasPaused = this.#pause !== null;
    this.#pause = null;
    this.#polls.go();
    return wasPaused;
  }

  async overview(): Promise<WatchOverview> {
    const stages = Array.from(this.#watches.values(), ({ stage }) => stage);
    return { counts: countByStage(stages), paused: this.#pause };
  }

  async close(graceMs: number): Promise<void> {
    this.#closing ??= this.#drain(graceMs);
    await this.#closing;
  }

  /** Counts on with the monotonic clock, so that a change of the machine's date changes nothing. */
  readonly #nowMs = (): number => this.#originMs + performance.now();

  #isCurrent(watch: EmbeddedWatch): boolean {
    return this.#watches.get(watch.key) === watch;
  }

  #after(watch: EmbeddedWatch, delayMs: number, next: () => void): void {
    if (this.#closing !== undefined) return;
    watch.timer = setTimeout(next, Math.min(delayMs, longestTimerMs));
  }

  #mayPoll(): boolean {
    if (this.#pause !== null || this.#work === null || this.#closing !== undefined) return false;
    const waitMs = this.#gate.tryPass(performance.now());
    if (waitMs === 0) return true;
    if (this.#gateTimer === undefined) {
      this.#work.report({ type: "rate_limited", delayMs: waitMs });
      this.#gateTimer = setTimeout(() => {
        this.#gateTimer = undefined;
        this.#polls.go();
      }, Math.ceil(waitMs));
    }
    return false;
  }

  async #poll(watch: EmbeddedWatch): Promise<void> {
    if (this.#work === null || !this.#isCurrent(watch)) return;
    watch.stage = "polling";
    let decision: WatchDecision;
    try {
      decision = await this.#work.poll(watch.state, this.#nowMs, this.#abort.signal);
    } catch {
      // Aborted: the process is closing, and the watch ends with it.
      watch.stage = "waiting";
      return;
    }
    watch.state = decision.state;
    watch.stage = "waiting";
    if (this.#isCurrent(watch)) this.#follow(watch, decision);
  }

  #follow(watch: EmbeddedWatch, decision: WatchDecision): void {
    if (decision.kind !== "pause" && decision.pauseAllMs > 0) {
      this.#gate.pauseUntil(performance.now() + decision.pauseAllMs);
    }
    if (decision.kind === "deliver") {
      watch.outcome = decision.outcome;
      watch.stage = "delivering";
      this.#deliveries.add(() => this.#deliver(watch));
    } else if (decision.kind === "pause") {
      if (this.#pause === null) {
        this.#pause = { reason: decision.reason, sinceMs: Math.round(this.#nowMs()) };
        this.#work?.report({ type: "paused", pause: this.#pause });
      }
      this.#polls.add(() => this.#poll(watch));
    } else {
      this.#after(watch, decision.delayMs, () => this.#polls.add(() => this.#poll(watch)));
    }
  }

  async #deliver(watch: EmbeddedWatch): Promise<void> {
    const work = this.#work;
    const { outcome } = watch;
    const { signal } = this.#abort;
    if (work === null || outcome === null || !this.#isCurrent(watch)) return;
    watch.stage = "delivering";
    const attempt = watch.failedDeliveries + 1;
    try {
      await untilAborted(work.deliver(outcome, attempt, signal), signal);
    } catch (error) {
      if (signal.aborted) return;
      watch.failedDeliveries = attempt;
      watch.deliveryError = error instanceof Error ? error.message : String(error);
      const parked = attempt >= work.delivery.maxAttempts;
      watch.stage = parked ? "parked" : "retrying";
      work.report({ type: "delivery_failed", outcome, attempt, error, parked });
      const delayMs = backoffDelayMs(attempt - 1, work.delivery, work.random());
      const again = (): void => this.#deliveries.add(() => this.#deliver(watch));
      if (!parked) this.#after(watch, delayMs, again);
      return;
    }
    watch.stage = "delivered";
    const latency = latencyMs(outcome, this.#nowMs());
    work.report({ type: "delivered", outcome, attempt, latencyMs: latency });
    this.#after(watch, this.#retainDeliveredMs, () => {
      if (this.#isCurrent(watch)) this.#watches.delete(watch.key);
    });
    // Remembering a delivered outcome is no reason to keep the process alive.
    watch.timer?.unref();
  }

  async #drain(graceMs: number): Promise<void> {
    clearTimeout(this.#gateTimer);
    for (const watch of this.#watches.values()) clearTimeout(watch.timer);
    const giveUp = (): void => this.#abort.abort(new Error("The watcher is closing."));
    const grace = setTimeout(giveUp, graceMs);
    await this.#polls.drain();
    // The last polls may have brought outcomes.
    await this.#deliveries.drain();
    clearTimeout(grace);
    giveUp();
  }
}
