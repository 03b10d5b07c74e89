import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import { isSyncLogError } from "../errors/guards.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import type { Answer, Transport } from "../transport/transport.ts";
import { decidePoll, type PollDecision } from "./decide-poll.ts";
import { endOfWait, statusText, withWaitContext } from "./end-of-wait.ts";
import { SyncLogView } from "./observation.ts";
import { planPoll, type PollPlan } from "./plan-poll.ts";
import { pollFailure, type PollResult, pollSuccess } from "./poll-result.ts";
import { newPollState, type PollRules, type PollState } from "./poll-state.ts";
import { progressOf } from "./progress.ts";
import { outcomeOf } from "./terminal-status.ts";
import { excuse, isProlonged, pollRules, prolong, standstillMs, type Waiter } from "./waiter.ts";

/** So many unknown statuses are reported, each once. */
const maxReportedStatuses = 10;
/** Waits that begin so soon after a poll take its failure as theirs, as they do where they begin together. */
const togetherMs = 1;

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
  /** No poll takes longer, unless the process stands still. */
  readonly #maxPollMs: number;
  readonly #onEmpty: () => void;
  readonly #waiters = new Set<Waiter>();
  #polling: AbortController | undefined;
  /** How long the last one that was answered took. */
  #pollDurationMs = 0;
  /** When the last one ended, however it did. */
  #polledAtMs = -Infinity;
  #lastFailure: unknown;
  /** Before this moment the server wants no poll; it holds for the next one only. */
  #floorAtMs: number | null = null;
  #reportedStatuses: Set<string> | undefined;
  #timer: unknown;
  #timerAtMs = Infinity;

  constructor(transport: Transport, poll: Poll, maxPollMs: number, onEmpty: () => void) {
    this.#transport = transport;
    this.#poll = poll;
    this.#maxPollMs = maxPollMs;
    this.#onEmpty = onEmpty;
  }

  /** The state of a wait that begins now, with what other waits have seen. */
  newState(startedAtMs: number, deadlineAtMs: number): PollState {
    const { sight } = this.view;
    return { ...newPollState(startedAtMs, deadlineAtMs), ...sight, floorAtMs: this.#floorAtMs };
  }

  /** Begins to tell a waiter what happens: with a poll at once, or with what was just seen. */
  join(waiter: Waiter): void {
    const nowMs = this.#transport.clock.nowMs();
    this.#waiters.add(waiter);
    const isTooSoon = nowMs - this.#polledAtMs < waiter.limits.minIntervalMs;
    if (isTooSoon || (this.#floorAtMs ?? nowMs) > nowMs || this.#polling !== undefined) {
      waiter.nextPollAtMs = Infinity;
      queueMicrotask(() => this.#guard(waiter, () => this.#welcome(waiter)));
    } else {
      this.#startPoll();
    }
    this.#armAt(this.#wakeTimeOf(waiter));
  }

  /** Stops telling a waiter; with the last one all polling stops at once. */
  leave(waiter: Waiter, reason?: unknown): void {
    if (!this.#waiters.delete(waiter)) return;
    waiter.stopListening?.();
    if (this.#waiters.size > 0) return;
    this.#disarm();
    this.#onEmpty();
    this.#polling?.abort(reason);
  }

  /** Aborts every wait, each with an error of its own. */
  end(makeError: () => unknown): void {
    this.#forEachWaiter((waiter) => {
      this.leave(waiter, makeError());
      waiter.listener.fail(makeError, true);
    });
  }

  /** Tells a waiter what is known, and when to poll where no poll is under way. */
  #welcome(waiter: Waiter): void {
    this.#tell(waiter);
    if (this.#polling === undefined && this.#waiters.has(waiter)) {
      const nowMs = this.#transport.clock.nowMs();
      this.#follow(waiter, planPoll(waiter.state, nowMs, this.#rulesOf(waiter)), nowMs);
    }
    if (this.#waiters.has(waiter)) this.#armAt(this.#wakeTimeOf(waiter));
  }

  #startPoll(): void {
    if (this.#polling !== undefined) return;
    this.#polling = new AbortController();
    this.#floorAtMs = null;
    this.#runPoll(this.#polling.signal, this.#transport.clock.nowMs()).catch((error: unknown) =>
      this.#forEachWaiter(() => {
        throw error;
      }),
    );
  }

  async #runPoll(signal: AbortSignal, startedAtMs: number): Promise<void> {
    let result: PollResult;
    let sent: string | null = null;
    try {
      const { data, headers, text } = await this.#poll(signal);
      sent = text;
      const retryAfterMs = parseRetryAfter(headers, this.#transport.clock.epochMs());
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body is what the document says; `validate` checks it
      result = pollSuccess(data as SyncLog, retryAfterMs);
      this.#lastFailure = undefined;
    } catch (error) {
      result = pollFailure(error);
      this.#lastFailure = error;
    }
    this.#polling = undefined;
    this.#polledAtMs = this.#transport.clock.nowMs();
    if (this.#waiters.size === 0) return;
    if (result.kind === "log" && sent !== null) {
      const { syncLog } = result;
      this.#pollDurationMs = this.#polledAtMs - startedAtMs;
      this.view.observe(syncLog, sent, this.#polledAtMs, this.#transport.clock.epochMs());
      this.#reportUnknownStatus(syncLog);
    } else if (result.kind === "transient" && isSyncLogError(this.#lastFailure)) {
      // Any other failure ends the wait, which rejects with it, or is a 404 in its grace.
      const { message, code } = this.#lastFailure;
      this.#transport.logger?.("warn", `A poll failed: ${message}`, { code });
    }
    this.#tellAll(result, startedAtMs);
    // The next poll begins with a timer, never here: polls that take no time would let nothing else run.
    this.#arm();
  }

  /** Tells each waiter what a poll brought, and does what follows for it. */
  #tellAll(result: PollResult, startedAtMs: number): void {
    const nowMs = this.#polledAtMs;
    const isFinal = result.kind !== "log" && result.kind !== "transient";
    if (result.retryAfterMs !== null) this.#floorAtMs = nowMs + result.retryAfterMs;
    this.#forEachWaiter((waiter) => {
      excuse(waiter, nowMs - startedAtMs - this.#maxPollMs, nowMs);
      // What this wait is for may have come, or been allowed, since: it asks once more.
      const isFresh = startedAtMs + togetherMs >= waiter.freshFromMs;
      if (isFinal && !isFresh) {
        waiter.nextPollAtMs = nowMs;
        return;
      }
      const isLastLook = isFresh && isProlonged(waiter);
      const decision = decidePoll(waiter.state, result, nowMs, this.#rulesOf(waiter));
      // What was seen is the same for all: one object of it for each stream, not for each wait.
      waiter.state = { ...decision.state, ...this.view.sight };
      if (result.kind === "log") this.#tell(waiter);
      if (!this.#waiters.has(waiter)) return;
      if (isLastLook && result.kind === "log") this.#expire(waiter, nowMs);
      else this.#follow(waiter, decision, nowMs);
    });
  }

  /** A callback may end other waits and begin new ones, which have no part in what is told now. */
  #forEachWaiter(step: (waiter: Waiter) => void): void {
    const waiters = [...this.#waiters];
    for (const waiter of waiters) {
      if (this.#waiters.has(waiter)) this.#guard(waiter, () => step(waiter));
    }
  }

  /** Ends a wait with what is thrown on its behalf, by whatever the caller has passed: the others go on. */
  #guard(waiter: Waiter, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.leave(waiter);
      waiter.listener.fail(() => error);
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
    const message = "A sync log has an unknown status; waiting on.";
    this.#transport.logger?.("warn", message, { status: name, id });
  }

  #rulesOf(waiter: Waiter): PollRules {
    return pollRules(waiter, this.#pollDurationMs, this.#transport.random);
  }

  #follow(waiter: Waiter, next: PollDecision | PollPlan, nowMs: number): void {
    if (next.kind === "poll_again") waiter.nextPollAtMs = next.pollAtMs;
    else if (next.kind !== "timed_out") {
      const failure = this.#lastFailure;
      this.#fail(waiter, () => failure);
    } else if (next.retryAfterMs !== null) this.#expire(waiter, nowMs);
    // The last poll was; what is left of the time may bring another waiter's.
    else waiter.nextPollAtMs = Infinity;
  }

  /** Tells a waiter what it does not know yet. */
  #tell(waiter: Waiter): void {
    const { text, sight } = this.view;
    const { lastSeen, progress } = sight;
    if (text === null || lastSeen === null || !this.#waiters.has(waiter)) return;
    const nowMs = this.#transport.clock.nowMs();
    const hasEnded = outcomeOf(lastSeen.status) !== undefined;
    const isStalled = !hasEnded && nowMs >= this.#stalledAtMs(waiter);
    if (waiter.told === lastSeen && waiter.toldStalled === isStalled) return;
    waiter.told = lastSeen;
    waiter.toldStalled = isStalled;
    // After its last update nothing more is done for a waiter.
    if (hasEnded) this.leave(waiter);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of a poll that brought a sync log
    const syncLog = JSON.parse(text) as SyncLog;
    waiter.listener.tell({
      syncLog,
      ...progressOf(lastSeen, progress?.ratePerSecond ?? null, hasEnded),
      elapsedMs: nowMs - waiter.state.startedAtMs,
      polls: waiter.state.polls,
      isTerminal: hasEnded,
      isStalled,
      correlationId: syncLog.correlationId ?? null,
    });
  }

  #fail(waiter: Waiter, makeError: () => unknown): void {
    const { text, history } = this.view;
    const { redactor } = this.#transport;
    this.leave(waiter);
    waiter.listener.fail(() => withWaitContext(makeError(), { text, history }, redactor));
  }

  #expire(waiter: Waiter, nowMs: number): void {
    const floorAtMs = this.#floorAtMs ?? nowMs;
    const retryAfterMs = floorAtMs > nowMs ? floorAtMs - nowMs : null;
    const { limits, state } = waiter;
    const cause = this.#lastFailure;
    this.#fail(waiter, () => endOfWait({ limits, state, nowMs, retryAfterMs, cause }));
  }

  #wake(): void {
    const nowMs = this.#transport.clock.nowMs();
    const lateMs = nowMs - this.#timerAtMs;
    this.#disarm();
    this.#forEachWaiter((waiter) => {
      excuse(waiter, lateMs, nowMs);
      if (waiter.state.deadlineAtMs <= nowMs) {
        // A laptop that slept, a function that was frozen. Once, or what is always late would never end.
        const leastMs = Math.max(standstillMs, this.#rulesOf(waiter).leadMs);
        const wasAsleep = lateMs >= leastMs && !isProlonged(waiter);
        if (!wasAsleep) return this.#expire(waiter, nowMs);
        prolong(waiter, this.#pollDurationMs, nowMs);
      }
      if (waiter.nextPollAtMs <= nowMs) this.#startPoll();
      // Nothing new was seen, but that nothing changes may be due.
      return this.#tell(waiter);
    });
    this.#arm();
  }

  #stalledAtMs(waiter: Waiter): number {
    return (this.view.sight.lastSeen?.atMs ?? Infinity) + waiter.limits.stalledAfterMs;
  }

  #wakeTimeOf(waiter: Waiter): number {
    return Math.min(
      waiter.state.deadlineAtMs,
      this.#polling === undefined ? waiter.nextPollAtMs : Infinity,
      waiter.toldStalled ? Infinity : this.#stalledAtMs(waiter),
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
