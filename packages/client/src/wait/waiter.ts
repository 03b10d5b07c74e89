import type { SyncLog } from "@qontext/sync-log-schema";
import type { SyncLogObservation, SyncLogSight } from "./observation.ts";
import type { SampledRead } from "./list-samples.ts";
import type { PollRules, PollState } from "./poll-state.ts";
import { progressOf } from "./progress.ts";
import { outcomeOf } from "./terminal-status.ts";
import type { WaitLimits } from "./wait-options.ts";
import type { SyncLogUpdate, WaitListener } from "./wait-result.ts";

/** The last poll begins at least so long before the end of a wait. */
const minLeadMs = 50;
/** A timer that is so much later than it was set to shows that the process stood still. */
export const standstillMs = 50;
/** It begins at most so much earlier than its answer is needed. */
const maxSpareMs = 1000;
/** The pace of the looks after a standstill: where the first fails, there is one more. */
const lastPace = { minIntervalMs: maxSpareMs, maxIntervalMs: maxSpareMs };
/** A look after a standstill may take at most so much longer than that. */
const maxLookMs = 30_000;

/** One wait on a stream of polls: its pace, its limits, and whom to tell. */
export interface Waiter {
  readonly listener: WaitListener;
  readonly limits: WaitLimits;
  state: PollState;
  /** When it wants the next one; `Infinity` when there is no time for another. */
  nextPollAtMs: number;
  /** Polls that began before this moment may not know what it knows. */
  freshFromMs: number;
  /** What it was told last. */
  told: SyncLogObservation | null;
  /** Whether it was told that nothing changes. */
  toldStalled: boolean;
  /** Called when it leaves. */
  readonly stopListening: (() => void) | undefined;
}

/**
 * The rules of a wait whose last poll begins early enough to be answered in time.
 *
 * @param pollMs - How long the poll before took.
 */
export function pollRules(waiter: Waiter, pollMs: number, random: () => number): PollRules {
  const { limits, state } = waiter;
  const neededMs = pollMs + Math.min(pollMs, maxSpareMs);
  const wholeMs = state.deadlineAtMs - state.startedAtMs;
  const leadMs = Math.min(wholeMs / 4, Math.max(minLeadMs, neededMs));
  return { ...limits, ...(isProlonged(waiter) && lastPace), leadMs, random };
}

/** Whether a wait goes on only for one more look. */
export function isProlonged({ freshFromMs, state }: Waiter): boolean {
  return freshFromMs > state.startedAtMs;
}

/** Takes a time in which the process stood still out of that for which polls have failed. */
export function excuse(waiter: Waiter, stoodStillMs: number, nowMs: number): void {
  const { failingSinceMs } = waiter.state;
  if (failingSinceMs === null || stoodStillMs < standstillMs) return;
  const sinceMs = Math.min(nowMs, failingSinceMs + stoodStillMs);
  waiter.state = { ...waiter.state, failingSinceMs: sinceMs };
}

/** Has a wait want its next read as soon as it may be made by itself. */
export function hasten(waiter: Waiter, floorAtMs: number | null, readAloneAtMs: number): void {
  const atMs = Math.max(floorAtMs ?? 0, readAloneAtMs + waiter.limits.minIntervalMs);
  waiter.nextPollAtMs = Math.min(waiter.nextPollAtMs, atMs);
}

/** Gives a wait whose end the process stood still over the time for one more look. */
export function prolong(waiter: Waiter, pollMs: number, nowMs: number): void {
  waiter.freshFromMs = nowMs;
  waiter.nextPollAtMs = nowMs;
  // A poll over which it stood still says nothing of how long one takes.
  const lookMs = maxSpareMs + Math.min(pollMs, maxLookMs);
  waiter.state = { ...waiter.state, deadlineAtMs: nowMs + lookMs };
}

/** What a stream of polls knows beside those who wait. */
interface StreamOfReads extends Pick<SampledRead, "id" | "aloneUntilMs" | "changedAtMs"> {
  /** `-Infinity` where it never was. */
  readonly polledAtMs: number;
  /** The same. */
  readonly readAloneAtMs: number;
  readonly floorAtMs: number;
}

/** The read that those who wait for one sync log want together: the first moment of each. */
export function awaitedReadOf(
  { id, polledAtMs, readAloneAtMs, floorAtMs, aloneUntilMs, changedAtMs }: StreamOfReads,
  waiters: Iterable<Waiter>,
  leadMsOf: (waiter: Waiter) => number,
): SampledRead {
  let pollAtMs = Infinity;
  let startedAtMs = Infinity;
  let minIntervalMs = Infinity;
  let lastPollAtMs = Infinity;
  let graceMs = 0;
  for (const waiter of waiters) {
    const { limits, state } = waiter;
    startedAtMs = Math.min(startedAtMs, state.startedAtMs);
    pollAtMs = Math.min(pollAtMs, waiter.nextPollAtMs);
    minIntervalMs = Math.min(minIntervalMs, limits.minIntervalMs);
    lastPollAtMs = Math.min(lastPollAtMs, state.deadlineAtMs - leadMsOf(waiter));
    graceMs = Math.max(graceMs, limits.notFoundGraceMs);
  }
  // With what only a list has shown, the grace of a 404 would be over.
  const isUnsure = graceMs > 0 && readAloneAtMs === -Infinity;
  return {
    id,
    pollAtMs: Math.max(pollAtMs, floorAtMs),
    polledAtMs: Number.isFinite(polledAtMs) ? polledAtMs : null,
    readAloneAtMs: Math.max(readAloneAtMs, startedAtMs),
    minIntervalMs,
    lastPollAtMs,
    aloneUntilMs: isUnsure ? Infinity : aloneUntilMs,
    changedAtMs,
    aloneFromMs: Math.max(floorAtMs, readAloneAtMs + minIntervalMs),
  };
}

/** A sight of a sync log, for one of those who wait for it. */
interface ToldSight extends SyncLogSight {
  readonly lastSeen: SyncLogObservation;
  readonly state: PollState;
  readonly nowMs: number;
  readonly isStalled: boolean;
}

/** What a waiter is told of a sync log. Everyone is given an object of their own. */
export function updateOf(text: string, told: ToldSight): SyncLogUpdate {
  const { lastSeen, progress, state, nowMs, isStalled } = told;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of a poll that brought a sync log
  const syncLog = JSON.parse(text) as SyncLog;
  const isTerminal = outcomeOf(lastSeen.status) !== undefined;
  return {
    syncLog,
    ...progressOf(lastSeen, progress?.ratePerSecond ?? null, isTerminal),
    elapsedMs: nowMs - state.startedAtMs,
    polls: state.polls,
    isTerminal,
    isStalled,
    correlationId: syncLog.correlationId ?? null,
  };
}
