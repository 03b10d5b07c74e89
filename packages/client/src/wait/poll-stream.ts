import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import type { Transport } from "../transport/transport.ts";
import { Alarm } from "./alarm.ts";
import { decidePoll, type PollDecision } from "./decide-poll.ts";
import { endOfWait, withWaitContext } from "./end-of-wait.ts";
import { isBehind, SyncLogView } from "./observation.ts";
import { planPoll, type PollPlan } from "./plan-poll.ts";
import type { SampledRead } from "./list-samples.ts";
import { defaultReadLimits, longestOfLate } from "./plan-reads.ts";
import { type PollResult, pollSuccess } from "./poll-result.ts";
import { newPollState, type PollRules, type PollState } from "./poll-state.ts";
import { logFailure, type Poll, readOnce } from "./read-once.ts";
import type { ListedStream, Offered, SharedReads } from "./shared-reads.ts";
import { isTerminal, outcomeOf } from "./terminal-status.ts";
import { reportUnknownStatus } from "./unknown-status.ts";
import {
  awaitedReadOf,
  excuse,
  hasten,
  isProlonged,
  pollRules,
  prolong,
  standstillMs,
  updateOf,
  type Waiter,
} from "./waiter.ts";

/** Waits that begin so soon after a poll take its failure as theirs, as they do where they begin together. */
const togetherMs = 1;
const shortWaitMs = 2 * defaultReadLimits.listTimeoutMs;

/**
 * The polls of one sync log, shared by all who wait for it. Each waiter has its own pace, limits and
 * end; a poll happens when the first of them wants one, and all of them see what it brings.
 */
export class PollStream implements ListedStream {
  readonly view: SyncLogView = new SyncLogView();
  readonly #transport: Transport;
  readonly #poll: Poll;
  /** No poll takes longer, unless the process stands still. */
  readonly #maxPollMs: number;
  readonly #onEmpty: () => void;
  /** Undefined: each of its polls is by itself. */
  readonly #shared: SharedReads | undefined;
  readonly #id: string;
  readonly #waiters = new Set<Waiter>();
  #polling: AbortController | undefined;
  /** Whether the next read is under way elsewhere, or is being planned. */
  #isPromised = false;
  /** When the last read of the sync log by itself began that was answered. */
  #readAloneAtMs = -Infinity;
  /** Until when no list will do; `Infinity`: one told of the end, or of a status that is not known. */
  #aloneUntilMs: number | null = null;
  /** How long one takes at most that is answered, of late. */
  #pollDurationMs = 0;
  /** When the last one ended, however it did. */
  #polledAtMs = -Infinity;
  #lastFailure: unknown;
  /** Before this moment the server wants no poll; it holds for the next one only. */
  #floorAtMs: number | null = null;
  #reportedStatuses: Set<string> | undefined;
  readonly #alarm: Alarm;

  constructor(
    transport: Transport,
    poll: Poll,
    maxPollMs: number,
    onEmpty: () => void,
    id: string,
    shared: SharedReads | undefined,
  ) {
    this.#transport = transport;
    this.#alarm = new Alarm(transport.clock, () => this.#wake());
    this.#poll = poll;
    this.#maxPollMs = maxPollMs;
    this.#onEmpty = onEmpty;
    this.#id = id;
    this.#shared = shared;
    shared?.add(id, this);
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
      // A list that is under way may bring nothing before the end of a short wait.
    } else if (waiter.state.deadlineAtMs - nowMs < shortWaitMs) this.readAlone();
    else this.#wantPoll();
    if (this.#waiters.has(waiter)) this.#alarm.setAt(this.#wakeTimeOf(waiter));
  }

  /** Stops telling a waiter; with the last one all polling stops at once. */
  leave(waiter: Waiter, reason?: unknown): void {
    if (!this.#waiters.delete(waiter)) return;
    waiter.stopListening?.();
    if (this.#waiters.size > 0) return;
    this.#alarm.clear();
    this.#onEmpty();
    this.#shared?.remove(this.#id, reason);
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
    if (this.#waiters.has(waiter)) this.#alarm.setAt(this.#wakeTimeOf(waiter));
  }

  awaitedRead(nowMs: number): SampledRead | null {
    if (this.#polling !== undefined || this.#waiters.size === 0) return null;
    const stream = {
      id: this.#id,
      polledAtMs: this.#polledAtMs,
      readAloneAtMs: this.#readAloneAtMs,
      floorAtMs: this.#floorAtMs ?? nowMs,
      changedAtMs: this.view.sight.lastSeen?.atMs ?? -Infinity,
      // What fails, or is not there yet, goes by its own answers.
      aloneUntilMs: this.#lastFailure === undefined ? this.#aloneUntilMs : Infinity,
    };
    return awaitedReadOf(stream, this.#waiters, (one) => this.#rulesOf(one).leadMs);
  }

  goOn(): boolean {
    this.#isPromised = false;
    if (this.#polling !== undefined) return true;
    const nowMs = this.#transport.clock.nowMs();
    const isDue = [...this.#waiters].some((waiter) => waiter.nextPollAtMs <= nowMs);
    if (isDue) this.readAlone();
    else this.#arm();
    return isDue;
  }

  hasten(): void {
    // What fails is read by itself as it is.
    if (this.#lastFailure !== undefined) return;
    for (const one of this.#waiters) hasten(one, this.#floorAtMs, this.#readAloneAtMs);
  }

  offer(syncLog: SyncLog | undefined, startedAtMs: number): Offered {
    const isLate = this.#polling !== undefined || startedAtMs < this.#readAloneAtMs;
    if (isLate || this.#waiters.size === 0) return "late";
    const nowMs = this.#transport.clock.nowMs();
    if (syncLog === undefined || isBehind(syncLog, this.view.sight.lastSeen)) {
      this.#aloneUntilMs = nowMs + defaultReadLimits.apartMs;
      return syncLog === undefined ? "missing" : "stale";
    }
    const isKnown = isKnownSyncLogStatus(syncLog.status);
    if (!isKnown || isTerminal(syncLog)) {
      // Only its own answer is the end, or tells of what nobody knows.
      this.#aloneUntilMs = Infinity;
      this.hasten();
      return isKnown ? "served" : "missing";
    }
    this.#polledAtMs = nowMs;
    this.#observe(syncLog, JSON.stringify(syncLog));
    const floorMs = this.#floorAtMs && Math.max(0, this.#floorAtMs - nowMs);
    this.#tellAll(pollSuccess(syncLog, floorMs), startedAtMs);
    return "served";
  }

  /** Begins a poll, or waits for the list that takes its place. */
  #wantPoll(): void {
    if (this.#polling !== undefined || this.#isPromised) return;
    this.#isPromised = this.#shared?.ask(this.#id, this) === true;
    if (!this.#isPromised) this.readAlone();
  }

  readAlone(): void {
    this.#isPromised = false;
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
    const { result, sent, failure } = await readOnce(this.#poll, signal, this.#transport.clock);
    this.#lastFailure = failure;
    this.#polling = undefined;
    this.#polledAtMs = this.#transport.clock.nowMs();
    if (this.#waiters.size === 0) return;
    if (result.kind === "log" && sent !== null) {
      this.#pollDurationMs = longestOfLate(this.#pollDurationMs, this.#polledAtMs - startedAtMs);
      this.#readAloneAtMs = startedAtMs;
      this.#observe(result.syncLog, sent);
    } else if (result.kind === "transient") {
      // Any other failure ends the wait, which rejects with it, or is a 404 in its grace.
      logFailure(this.#transport.logger, "warn", "A poll failed", failure);
    }
    this.#tellAll(result, startedAtMs);
    if (sent !== null) this.#teach(sent.length);
    // The next poll begins with a timer, never here: polls that take no time would let nothing else run.
    this.#arm();
  }

  /** Tells whoever plans the reads of the workspace how one went. */
  #teach(bytes: number): void {
    const { lastSeen } = this.view.sight;
    const isDoubted = this.#aloneUntilMs === Infinity;
    if (isDoubted) this.#aloneUntilMs = this.#polledAtMs + defaultReadLimits.apartMs;
    const durationMs = this.#pollDurationMs;
    this.#shared?.noteOne(this.#id, { bytes, durationMs, lastSeen, isDoubted });
  }

  #observe(syncLog: SyncLog, text: string): void {
    this.view.observe(syncLog, text, this.#polledAtMs, this.#transport.clock.epochMs());
    const { logger } = this.#transport;
    this.#reportedStatuses = reportUnknownStatus(syncLog, this.#reportedStatuses, logger);
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

  #rulesOf(waiter: Waiter): PollRules {
    const pollMs = Math.max(this.#pollDurationMs, this.#shared?.known.oneDurationMs ?? 0);
    return pollRules(waiter, pollMs, this.#transport.random);
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
    const { state } = waiter;
    waiter.listener.tell(updateOf(text, { lastSeen, progress, state, nowMs, isStalled }));
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
    const lateMs = nowMs - this.#alarm.atMs;
    this.#alarm.clear();
    this.#forEachWaiter((waiter) => {
      excuse(waiter, lateMs, nowMs);
      if (waiter.state.deadlineAtMs <= nowMs) {
        // A laptop that slept, a function that was frozen. Once, or what is always late would never end.
        const leastMs = Math.max(standstillMs, this.#rulesOf(waiter).leadMs);
        const wasAsleep = lateMs >= leastMs && !isProlonged(waiter);
        if (!wasAsleep) return this.#expire(waiter, nowMs);
        prolong(waiter, this.#pollDurationMs, nowMs);
      }
      if (waiter.nextPollAtMs <= nowMs) this.#wantPoll();
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
      this.#polling === undefined && !this.#isPromised ? waiter.nextPollAtMs : Infinity,
      waiter.toldStalled ? Infinity : this.#stalledAtMs(waiter),
    );
  }

  #arm(): void {
    for (const waiter of this.#waiters) this.#alarm.setAt(this.#wakeTimeOf(waiter));
  }
}
