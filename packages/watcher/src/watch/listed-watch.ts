import { isTerminal } from "@qontext/sync-log-client";
import {
  defaultReadLimits,
  isBehind,
  type ListForPoll,
  type ListOutcome,
  pollSuccess,
  type SampledRead,
} from "@qontext/sync-log-client/wait";
import { isKnownSyncLogStatus, type SyncLog } from "@qontext/sync-log-schema";
import { decideNext, type WatchDecision } from "./decide-next.ts";
import type { WatchRules } from "./watch-rules.ts";
import type { WatchState } from "./watch-state.ts";

/** A watch that a list may serve. Its times are those of the engine's clock. */
export interface ListedWatch {
  readonly state: WatchState;
  /** When it is to be polled. */
  readonly pollAtMs: number;
  /** When it was polled last; null where it never was. */
  readonly polledAtMs: number | null;
}

/** What one list brought. */
export type ListRead =
  | (ListForPoll & { readonly kind: "rows" })
  | {
      readonly kind: "failed";
      readonly outcome: ListOutcome;
      /** How long the server asked all polls to pause, in milliseconds; 0 without such a request. */
      readonly pauseAllMs: number;
    }
  /** There is no key, or it is known to be refused: nothing was asked for. */
  | { readonly kind: "unauthorized" };

/** What the row of a list means for a watch. */
export type RowDecision =
  /** Polled again later, as after a poll by itself. */
  | (WatchDecision & { readonly kind: "poll_again" })
  /** The row says that the sync has ended, which a poll has to confirm; it also brings the whole of the sync log. */
  | { readonly kind: "ended" }
  /** The list does not help: the watch is polled by itself. */
  | { readonly kind: "missing" | "stale"; readonly state: WatchState };

/** More often, lists would cost more than they save of time; in milliseconds. */
const leastListEveryMs = 1500;

/** How close lists may be, in milliseconds: within the bounds of the intervals between polls. */
export const listEveryMs = ({ minIntervalMs, maxIntervalMs }: WatchRules): number =>
  Math.max(minIntervalMs, Math.min(leastListEveryMs, maxIntervalMs));

/** What a plan has to know of the next read of a watch. */
export function awaitedRead(watch: ListedWatch, rules: WatchRules): SampledRead {
  const { state, pollAtMs, polledAtMs } = watch;
  const { id, startedAtMs, deadlineAtMs, readAloneAtMs, aloneUntilMs } = state;
  return {
    id,
    pollAtMs,
    polledAtMs,
    readAloneAtMs: readAloneAtMs ?? startedAtMs,
    minIntervalMs: listEveryMs(rules),
    lastPollAtMs: deadlineAtMs,
    aloneUntilMs: aloneUntilMs ?? null,
    changedAtMs: state.lastSeen?.atMs ?? -Infinity,
    aloneFromMs: pollAtMs,
  };
}

/** A watch that no list will do for, for a while. */
export function apart(state: WatchState, nowMs: number): WatchState {
  return { ...state, aloneUntilMs: Math.round(nowMs) + defaultReadLimits.apartMs };
}

/**
 * What follows for a watch from its row; without one the list lacks it, which is not a 404. Nor does a row tell anything whose
 * status is not documented: the service may know it, or the list be older or newer than what a poll reads.
 */
export function decideByRow(
  state: WatchState,
  row: SyncLog | undefined,
  nowMs: number,
  rules: WatchRules,
): RowDecision {
  if (row === undefined || !isKnownSyncLogStatus(row.status))
    return { kind: "missing", state: apart(state, nowMs) };
  if (isBehind(row, state.lastSeen)) return { kind: "stale", state: apart(state, nowMs) };
  if (isTerminal(row)) return { kind: "ended" };
  const decision = decideNext(state, { result: pollSuccess(row) }, nowMs, rules);
  // Only a poll by itself ends a watch.
  return decision.kind === "poll_again" ? decision : { kind: "missing", state };
}
