import type { SyncLogObservation } from "./observation.ts";
import type { PollRules, PollState } from "./poll-state.ts";
import type { WaitLimits } from "./wait-options.ts";
import type { SyncLogUpdate } from "./wait-result.ts";

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

/** Whom to tell. `fail` is called at most once, and nothing after it or after a terminal update. */
export interface WaitListener {
  /** What it throws ends the wait. */
  readonly tell: (update: SyncLogUpdate) => void;
  /**
   * Takes what gives the error, so that its stack is that of who makes it. Never throws. An abort waits for
   * nothing that the caller still does.
   */
  readonly fail: (makeError: () => unknown, isAbort?: boolean) => void;
}

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

/** Gives a wait whose end the process stood still over the time for one more look. */
export function prolong(waiter: Waiter, pollMs: number, nowMs: number): void {
  waiter.freshFromMs = nowMs;
  waiter.nextPollAtMs = nowMs;
  // A poll over which it stood still says nothing of how long one takes.
  const lookMs = maxSpareMs + Math.min(pollMs, maxLookMs);
  waiter.state = { ...waiter.state, deadlineAtMs: nowMs + lookMs };
}
