import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import { DeadlineExceededError } from "../errors/request-errors.ts";
import { isNotFoundError, isSyncLogError } from "../errors/guards.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import { retryAfterOf } from "../retry/decide-retry.ts";
import { parseRetryAfter } from "../retry/parse-retry-after.ts";
import type { Answer, Transport } from "../transport/transport.ts";
import { fitBeforeDeadline, nextIntervalMs } from "./next-interval.ts";
import { progressOf } from "./progress.ts";
import { mayPass, shouldPollAgain } from "./should-poll-again.ts";
import { SyncLogView } from "./sync-log-view.ts";
import { isTerminal } from "./terminal-status.ts";
import type { Waiter } from "./waiter.ts";
import { withWaitContext } from "./with-wait-context.ts";

/** Reads the sync log once. */
export type Poll = (signal: AbortSignal) => Promise<Answer>;

/** Timers may fire this much early. */
const timerSlackMs = 1;
/** The last poll begins at least so long before the deadline, and at most so long. */
const [minLeadMs, maxLeadMs] = [50, 1000] as const;

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
  #pollDurationMs = 0;
  #failuresInARow = 0;
  #notFoundSinceMs: number | undefined;
  /** Before this moment the server wants no poll; it holds for the next one only. */
  #floorAtMs = -Infinity;
  #reportedStatus: unknown;
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
    if (nowMs - this.view.observedAtMs < waiter.limits.minIntervalMs) {
      this.#schedule(waiter, nowMs);
      queueMicrotask(() => this.#tell(waiter));
    } else {
      waiter.nextPollAtMs = Math.max(nowMs, this.#floorAtMs);
      if (waiter.nextPollAtMs === nowMs) this.#startPoll();
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

  #startPoll(): void {
    if (this.#polling !== undefined) return;
    const { clock } = this.#transport;
    const controller = new AbortController();
    const startedAtMs = clock.nowMs();
    this.#polling = controller;
    this.#floorAtMs = -Infinity;
    const run = async (): Promise<void> => {
      const outcome = await outcomeOf(() => this.#poll(controller.signal));
      this.#polling = undefined;
      this.#pollDurationMs = clock.nowMs() - startedAtMs;
      if (this.#waiters.size === 0) return;
      if ("answer" in outcome) this.#take(outcome.answer);
      else this.#takeFailure(outcome.error);
    };
    void run();
  }

  #take(answer: Answer): void {
    const { clock, logger } = this.#transport;
    const nowMs = clock.nowMs();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body is what the document says; `validate` checks it
    const syncLog = answer.data as SyncLog;
    this.#failuresInARow = 0;
    this.#notFoundSinceMs = undefined;
    this.view.observe(syncLog, nowMs, clock.epochMs());
    this.#setFloor(nowMs, parseRetryAfter(answer.headers, clock.epochMs()));
    if (!isKnownSyncLogStatus(syncLog.status) && this.#reportedStatus !== syncLog.status) {
      this.#reportedStatus = syncLog.status;
      logger?.("warn", "A sync log has a status that this version does not know; waiting on.", {
        status: syncLog.status,
        id: syncLog.id,
      });
    }
    for (const waiter of this.#waiters) {
      waiter.polls += 1;
      if (!isTerminal(syncLog)) this.#schedule(waiter, nowMs);
      this.#tell(waiter);
    }
    this.#wake();
  }

  #takeFailure(error: unknown): void {
    const { clock, logger } = this.#transport;
    const nowMs = clock.nowMs();
    if (isNotFoundError(error)) this.#notFoundSinceMs ??= nowMs;
    if (mayPass(error)) this.#failuresInARow += 1;
    if (isSyncLogError(error)) {
      this.#setFloor(nowMs, retryAfterOf(error));
      logger?.("warn", `A poll failed: ${error.message}`, { code: error.code });
    }
    for (const waiter of this.#waiters) {
      waiter.polls += 1;
      const goesOn = shouldPollAgain({
        error,
        failuresInARow: this.#failuresInARow,
        notFoundForMs: nowMs - (this.#notFoundSinceMs ?? nowMs),
        limits: waiter.limits,
      });
      if (goesOn) this.#schedule(waiter, nowMs, error);
      else this.#fail(waiter, error);
    }
    this.#wake();
  }

  #setFloor(nowMs: number, retryAfterMs: number | undefined): void {
    if (retryAfterMs !== undefined && retryAfterMs > 0) this.#floorAtMs = nowMs + retryAfterMs;
  }

  /** Sets when the waiter wants the next poll. */
  #schedule(waiter: Waiter, nowMs: number, cause?: unknown): void {
    const { limits, endsAtMs } = waiter;
    const { minIntervalMs, maxIntervalMs } = limits;
    const interval = nextIntervalMs({
      elapsedMs: nowMs - waiter.startedAtMs,
      etaMs: this.#etaMs(),
      minIntervalMs,
      maxIntervalMs,
      random: this.#transport.random(),
    });
    const slower = Math.min(maxIntervalMs, interval * 2 ** Math.max(0, this.#failuresInARow - 1));
    const leadMs = Math.min(
      (endsAtMs - waiter.startedAtMs) / 4,
      Math.max(minLeadMs, Math.min(maxLeadMs, 2 * this.#pollDurationMs)),
    );
    const lastPollAtMs = endsAtMs - leadMs;
    if (this.#floorAtMs > lastPollAtMs && lastPollAtMs > nowMs) {
      this.#expire(waiter, nowMs, this.#floorAtMs - nowMs, cause);
      return;
    }
    const window = { nowMs, lastPollAtMs, minIntervalMs, maxIntervalMs };
    waiter.nextPollAtMs = Math.max(this.#floorAtMs, fitBeforeDeadline(nowMs + slower, window));
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
    const isStalled = !hasEnded && nowMs - view.changedAtMs >= waiter.limits.stalledAfterMs;
    if (waiter.toldVersion === view.version && waiter.toldStalled === isStalled) return;
    waiter.toldVersion = view.version;
    waiter.toldStalled = isStalled;
    // After its last update nothing more is done for a waiter.
    if (hasEnded) this.leave(waiter);
    try {
      waiter.tell({
        syncLog,
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
    waiter.fail(withWaitContext(error, this.view, this.#transport.scrub));
  }

  #expire(waiter: Waiter, nowMs: number, retryAfterMs?: number, cause?: unknown): void {
    const elapsedMs = nowMs - waiter.startedAtMs;
    const { limits, polls } = waiter;
    const last = `${polls} polls saw it last as ${this.view.syncLog?.status ?? "nothing yet"}`;
    const error =
      limits.deadlineMs < limits.maxWaitMs
        ? new DeadlineExceededError(
            `The wait did not end before its deadline; ${last}. Raise \`deadlineMs\`.`,
            { cause },
          )
        : new WaitTimeoutError(
            `The wait ended after ${Math.round(elapsedMs)} ms, before the sync did; ${last}. The sync itself may still be running: wait again, or raise \`maxWaitMs\`.`,
            { elapsedMs, polls, retryAfterMs, cause },
          );
    this.#fail(waiter, error);
  }

  #wake(): void {
    this.#disarm();
    const nowMs = this.#transport.clock.nowMs();
    for (const waiter of this.#waiters) {
      if (waiter.endsAtMs <= nowMs) this.#expire(waiter, nowMs);
      else if (waiter.nextPollAtMs <= nowMs + timerSlackMs) this.#startPoll();
    }
    for (const waiter of this.#waiters) this.#armAt(this.#wakeTimeOf(waiter));
  }

  #wakeTimeOf(waiter: Waiter): number {
    return this.#polling === undefined
      ? Math.min(waiter.endsAtMs, waiter.nextPollAtMs)
      : waiter.endsAtMs;
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
