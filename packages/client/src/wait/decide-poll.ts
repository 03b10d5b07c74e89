import { observe } from "./observation.ts";
import { planPoll, type PollPlan } from "./plan-poll.ts";
import type { PollResult } from "./poll-result.ts";
import type { PollRules, PollState } from "./poll-state.ts";
import { isTerminal, type TerminalSyncLog } from "./terminal-status.ts";

/** Why a wait polls no more. */
export type FailureReason =
  /** An answer or an error that another poll would not change. */
  | "refused"
  /** A 404 after the grace, or after the sync log had been seen. */
  | "not_found"
  /** Polls have failed transiently for longer than `maxFailingMs`. */
  | "failing";

/** What follows from a poll. */
export type PollDecision<State extends PollState = PollState> = (
  | PollPlan
  /** The sync has ended. */
  | { readonly kind: "ended"; readonly syncLog: TerminalSyncLog }
  /** The API key was refused: nobody's wait can go on. The state is as it was. */
  | { readonly kind: "unauthorized" }
  | { readonly kind: "failed"; readonly reason: FailureReason }
) & { readonly state: State };

/**
 * What follows from a poll: the one law of waiting, of the client's waits and the watcher's watches.
 *
 * - A transient failure is tolerated for `maxFailingMs` without a break; see {@link PollResult}.
 * - A 404 means "not there yet" for `notFoundGraceMs` from the start, until the sync log was seen.
 * - Every other failure ends the wait at once.
 * - `Retry-After` is a floor for the next poll whatever the status, up to `maxRetryAfterMs`. Where
 *   the deadline comes first, the wait ends at once.
 *
 * Pure but for `rules.random`.
 *
 * @param nowMs - When the poll ended, on the clock of the state.
 */
export function decidePoll<State extends PollState>(
  before: State,
  result: PollResult,
  nowMs: number,
  rules: PollRules,
): PollDecision<State> {
  if (result.kind === "unauthorized") return { kind: "unauthorized", state: before };
  const state = stateAfter(before, result, nowMs);
  if (result.kind === "log") {
    const { syncLog } = result;
    if (isTerminal(syncLog)) return { kind: "ended", state, syncLog };
  } else {
    const reason = reasonToFail(state, result.kind, nowMs, rules);
    if (reason !== null) return { kind: "failed", state, reason };
  }
  return { ...planPoll(state, nowMs, rules), state };
}

function stateAfter<State extends PollState>(
  before: State,
  result: PollResult,
  nowMs: number,
): State {
  const isFailing = result.kind === "transient";
  return {
    ...before,
    ...(result.kind === "log" ? observe(before, result.syncLog, nowMs) : undefined),
    polls: before.polls + 1,
    failures: isFailing ? before.failures + 1 : 0,
    failingSinceMs: isFailing ? (before.failingSinceMs ?? nowMs) : null,
    floorAtMs: result.retryAfterMs === null ? null : nowMs + result.retryAfterMs,
  };
}

function reasonToFail(
  { startedAtMs, failingSinceMs, lastSeen }: PollState,
  kind: "transient" | "not_found" | "refused",
  nowMs: number,
  { notFoundGraceMs, maxFailingMs }: PollRules,
): FailureReason | null {
  if (kind === "transient") {
    return nowMs - (failingSinceMs ?? nowMs) < maxFailingMs ? null : "failing";
  }
  const mayCome = lastSeen === null && nowMs - startedAtMs < notFoundGraceMs;
  return kind === "not_found" && mayCome ? null : kind;
}
