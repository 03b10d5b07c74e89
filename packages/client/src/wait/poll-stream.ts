import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import { isNotFoundError, isSyncLogError } from "../errors/guards.ts";
import { unwrapHookFailure } from "../hooks.ts";
import { parseRetryAfter } from "../retry/parse-retry-after.ts";
import type { Answer, Transport } from "../transport/transport.ts";
import { endOfWait } from "./end-of-wait.ts";
import { planPoll } from "./plan-poll.ts";
import { progressOf } from "./progress.ts";
import { mayPass, shouldPollAgain } from "./should-poll-again.ts";
import { statusText } from "./status-text.ts";
import { SyncLogView } from "./sync-log-view.ts";
import { isTerminal } from "./terminal-status.ts";
import type { Waiter } from "./waiter.ts";
import { withWaitContext } from "./with-wait-context.ts";

/** So many unknown statuses are reported, each once. */
const maxReportedStatuses = 10;

/** Reads the sync log once. */
export type Poll = (signal: AbortSignal) => Promise<Answer>;

/**
 * The polls of one sync log, shared by all who wait for it. Each waiter has its own pace, limits and
 * end; a poll happens when the first of them wants one, and all of them see what it brings.
 */
export class PollStream {
  readonly view: SyncLogView = new SyncLogView();
  readonly #transport: Transport;
  readonly #poll: Poll;
  readonly #onEmpty: () => void;
  readonly #waiters = new Set<Waiter>();
  #polling: AbortController | undefined;
  /** How long the last one that was answered took. */
  #pollDurationMs = 0;
  /** When the last one ended, however it did. */
  #polledAtMs = -Infinity;
  #lastFailure: unknown;
  /** Before this moment the server wants no poll; it holds for the next one only. */
  #floorAtMs = -Infinity;
  #reportedStatuses: Set<string> | undefined;
  #timer: unknown;
  #timerAtMs = Infinity;

  constructor(transport: Transport, poll: Poll, onEmpty: () => void) {
    this.#transport = transport;
    this.#poll = poll;
    this.#onEmpty = onEmpty;
  }

  /** Begins to tell a waiter what happens: with a poll at once, or with what was just seen. */
  join(waiter: Waiter): void {
    const nowMs = this.#transport.clock.nowMs();
    this.#waiters.add(waiter);
    const isTooSoon = nowMs - this.#polledAtMs < waiter.limits.minIntervalMs;
    if (isTooSoon || this.#floorAtMs > nowMs || this.#polling !== undefined) {
      waiter.nextPollAtMs = Infinity;
      queueMicrotask(() => this.#welcome(waiter));
    } else {
      this.#startPoll();
    }
    this.#armAt(this.#wakeTimeOf(waiter));
  }

  /** Stops telling a waiter; with the last one all polling stops at once. */
  leave(waiter: Waiter, reason?: unknown): void {
    if (!this.#waiters.delete(waiter) || this.#waiters.size > 0) return;
    this.#disarm();
    this.#onEmpty();
    this.#polling?.abort(reason);
  }

  /** Tells a waiter what is known, and when to poll where no poll is under way. */
  #welcome(waiter: Waiter): void {
    this.#tell(waiter);
    if (this.#polling === undefined) this.#schedule(waiter, this.#transport.clock.nowMs());
    if (this.#waiters.has(waiter)) this.#armAt(this.#wakeTimeOf(waiter));
  }

  #startPoll(): void {
    if (this.#polling !== undefined) return;
    this.#polling = new AbortController();
    this.#floorAtMs = -Infinity;
    void this.#runPoll(this.#polling.signal, this.#transport.clock.nowMs());
  }

  async #runPoll(signal: AbortSignal, startedAtMs: number): Promise<void> {
    const outcome = await outcomeOf(() => this.#poll(signal));
    this.#polling = undefined;
    this.#polledAtMs = this.#transport.clock.nowMs();
    if (this.#waiters.size === 0) return;
    if ("answer" in outcome) {
      this.#pollDurationMs = this.#polledAtMs - startedAtMs;
      this.#take(outcome.answer);
    } else {
      this.#takeFailure(outcome.error);
    }
    // The next poll begins with a timer, never here: polls that take no time would let nothing else run.
    this.#arm();
  }

  #take(answer: Answer): void {
    const { clock } = this.#transport;
    const nowMs = this.#polledAtMs;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body is what the document says; `validate` checks it
    const syncLog = answer.data as SyncLog;
    this.#lastFailure = undefined;
    this.view.observe(syncLog, nowMs, clock.epochMs());
    this.#setFloor(parseRetryAfter(answer.headers, clock.epochMs()));
    this.#reportUnknownStatus(syncLog);
    this.#forEachWaiter((waiter) => {
      waiter.polls += 1;
      waiter.failuresInARow = 0;
      waiter.notFoundSinceMs = undefined;
      this.#tell(waiter);
      this.#schedule(waiter, nowMs);
    });
  }

  #takeFailure(error: unknown): void {
    const nowMs = this.#polledAtMs;
    this.#lastFailure = error;
    if (isSyncLogError(error)) {
      this.#setFloor(error.retryAfterMs);
      this.#transport.logger?.("warn", `A poll failed: ${error.message}`, { code: error.code });
    }
    this.#forEachWaiter((waiter) => {
      waiter.polls += 1;
      if (isNotFoundError(error)) waiter.notFoundSinceMs ??= nowMs;
      if (mayPass(error)) waiter.failuresInARow += 1;
      const goesOn = shouldPollAgain({
        error,
        failuresInARow: waiter.failuresInARow,
        notFoundForMs: nowMs - (waiter.notFoundSinceMs ?? nowMs),
        limits: waiter.limits,
      });
      if (goesOn) this.#schedule(waiter, nowMs);
      else this.#fail(waiter, error);
    });
  }

  /** A callback may end other waits and begin new ones, which have no part in what is told now. */
  #forEachWaiter(tell: (waiter: Waiter) => void): void {
    const waiters = [...this.#waiters];
    for (const waiter of waiters) {
      if (this.#waiters.has(waiter)) tell(waiter);
    }
  }

  #reportUnknownStatus({ status, id }: SyncLog): void {
    if (isKnownSyncLogStatus(status)) return;
    this.#reportedStatuses ??= new Set();
    const name = statusText(status);
    if (this.#reportedStatuses.has(name) || this.#reportedStatuses.size === maxReportedStatuses) {
      return;
    }
    this.#reportedStatuses.add(name);
    const message = "A sync log has a status that this version does not know; waiting on.";
    this.#transport.logger?.("warn", message, { status, id });
  }

  #setFloor(retryAfterMs: number | null | undefined): void {
    if (retryAfterMs) this.#floorAtMs = this.#polledAtMs + retryAfterMs;
  }

  /** Sets when the waiter wants the next poll, or ends its wait where the server wants none in it. */
  #schedule(waiter: Waiter, nowMs: number): void {
    if (!this.#waiters.has(waiter)) return;
    const { limits, startedAtMs, endsAtMs, failuresInARow } = waiter;
    const pollAtMs = planPoll({
      nowMs,
      startedAtMs,
      endsAtMs,
      minIntervalMs: limits.minIntervalMs,
      maxIntervalMs: limits.maxIntervalMs,
      etaMs: this.#etaMs(),
      unchangedForMs: this.view.syncLog === null ? 0 : nowMs - this.view.changedAtMs,
      failuresInARow,
      pollDurationMs: this.#pollDurationMs,
      floorAtMs: this.#floorAtMs,
      random: this.#transport.random,
    });
    if (pollAtMs === undefined) this.#expire(waiter, nowMs);
    else waiter.nextPollAtMs = pollAtMs;
  }

  #etaMs(): number | null {
    const { syncLog, progress } = this.view;
    return syncLog && progressOf(syncLog, progress?.ratePerSecond ?? null, false).etaMs;
  }

  /** Tells a waiter what it does not know yet. */
  #tell(waiter: Waiter): void {
    const { view } = this;
    const { syncLog } = view;
    if (syncLog === null || !this.#waiters.has(waiter)) return;
    const nowMs = this.#transport.clock.nowMs();
    const hasEnded = isTerminal(syncLog);
    const isStalled = !hasEnded && nowMs >= this.#stalledAtMs(waiter);
    if (waiter.toldVersion === view.version && waiter.toldStalled === isStalled) return;
    waiter.toldVersion = view.version;
    waiter.toldStalled = isStalled;
    // After its last update nothing more is done for a waiter.
    if (hasEnded) this.leave(waiter);
    try {
      waiter.tell({
        // What one callback does to it must not be seen by another, nor here.
        syncLog: structuredClone(syncLog),
        ...progressOf(syncLog, view.progress?.ratePerSecond ?? null, hasEnded),
        elapsedMs: nowMs - waiter.startedAtMs,
        polls: waiter.polls,
        isTerminal: hasEnded,
        isStalled,
        correlationId: syncLog.correlationId ?? null,
      });
    } catch (error) {
      this.leave(waiter);
      waiter.fail(error);
    }
  }

  #fail(waiter: Waiter, error: unknown): void {
    this.leave(waiter);
    waiter.fail(unwrapHookFailure(withWaitContext(error, this.view, this.#transport.scrub)));
  }

  #expire(waiter: Waiter, nowMs: number): void {
    const retryAfterMs = this.#floorAtMs > nowMs ? this.#floorAtMs - nowMs : undefined;
    const { view } = this;
    this.#fail(waiter, endOfWait(waiter, { nowMs, view, retryAfterMs, cause: this.#lastFailure }));
  }

  #wake(): void {
    this.#disarm();
    const nowMs = this.#transport.clock.nowMs();
    this.#forEachWaiter((waiter) => {
      if (waiter.endsAtMs <= nowMs) return this.#expire(waiter, nowMs);
      if (waiter.nextPollAtMs <= nowMs) this.#startPoll();
      // Nothing new was seen, but that nothing changes may be due.
      return this.#tell(waiter);
    });
    this.#arm();
  }

  #stalledAtMs(waiter: Waiter): number {
    return this.view.changedAtMs + waiter.limits.stalledAfterMs;
  }

  #wakeTimeOf(waiter: Waiter): number {
    const mayStall = this.view.syncLog !== null && !waiter.toldStalled;
    return Math.min(
      waiter.endsAtMs,
      this.#polling === undefined ? waiter.nextPollAtMs : Infinity,
      mayStall ? this.#stalledAtMs(waiter) : Infinity,
    );
  }

  #arm(): void {
    for (const waiter of this.#waiters) this.#armAt(this.#wakeTimeOf(waiter));
  }

  #armAt(atMs: number): void {
    if (atMs >= this.#timerAtMs || this.#waiters.size === 0) return;
    this.#disarm();
    const { clock } = this.#transport;
    this.#timerAtMs = atMs;
    this.#timer = clock.setTimeout(() => this.#wake(), Math.max(0, atMs - clock.nowMs()));
  }

  #disarm(): void {
    this.#transport.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAtMs = Infinity;
  }
}

type PollOutcome = { readonly answer: Answer } | { readonly error: unknown };

async function outcomeOf(poll: () => Promise<Answer>): Promise<PollOutcome> {
  try {
    return { answer: await poll() };
  } catch (error) {
    return { error };
  }
}
