import type { SyncLogObservation } from "@qontext/sync-log-client";
import type { WatchEnd, WatchOutcome } from "./watch-outcome.ts";
import type { JsonValue, StoredError, WatchState } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/** The stages in the order in which a watch goes through them. */
export const watchStages = [
  "waiting",
  "polling",
  "delivering",
  "retrying",
  "parked",
  "delivered",
] as const;

/**
 * The stage of a watch.
 *
 * - `waiting`: the next poll is scheduled, or due and queued
 * - `polling`: a poll is running
 * - `delivering`: the outcome is known; `onOutcome` is running or about to be called
 * - `retrying`: `onOutcome` failed and will be called again
 * - `parked`: `onOutcome` failed too often, or the watch cannot be read; `redrive` starts again
 * - `delivered`: `onOutcome` succeeded; remembered for a while
 */
export type WatchStage = (typeof watchStages)[number];

/** The number of watches in each stage. */
export type WatchCounts = Readonly<Record<WatchStage, number>>;

/** What is known about a watch. */
export interface WatchStatus extends WatchTarget {
  /** The stage of the watch. */
  readonly stage: WatchStage;
  /** The metadata given to `watch`; null without any. */
  readonly metadata: JsonValue;
  /** The number of polls so far, failed ones included. */
  readonly polls: number;
  /** The sync log as last seen; null if it was never read. */
  readonly lastSeen: SyncLogObservation | null;
  /** Why the latest poll failed; null after a successful one. */
  readonly pollError: StoredError | null;
  /** Null until the watch has ended. */
  readonly endedAs: WatchEnd | null;
  /** Null until the watch has ended. */
  readonly idempotencyKey: string | null;
  /** The number of failed calls of `onOutcome`. */
  readonly failedDeliveries: number;
  /** Why `onOutcome` last failed; null if it has not failed. */
  readonly deliveryError: string | null;
  /** Why this version cannot read what is stored of the watch; null if it can. */
  readonly unreadable: UnreadableWatch | null;
}

/** A watch that cannot be read. Its status has what could be read: `workspaceId` may be empty, `id` the key. */
export interface UnreadableWatch {
  /** Its name in the engine, which `cancel` takes. */
  readonly key: string;
  /** What is wrong with the stored data. */
  readonly reason: string;
}

/** Why polls are paused, and since when. */
export interface WatchPause {
  /** The server's response. */
  readonly reason: StoredError;
  /** The engine's time, in milliseconds since 1970. */
  readonly sinceMs: number;
}

/** The engine as a whole. */
export interface WatchOverview {
  /** The number of watches in each stage. */
  readonly counts: WatchCounts;
  /** Null unless polls of some key, or all of them, are paused. */
  readonly paused: WatchPause | null;
  /** How long ago the poll was due that should have been next, in milliseconds; 0 if none is late. */
  readonly oldestDueMs: number;
}

/** How the engine of this process fares, as far as the process knows without asking. */
export interface EngineHealth {
  /** What does not work, and since when, in milliseconds since 1970 on this machine; null if all does. */
  readonly trouble: { readonly message: string; readonly sinceMs: number } | null;
  /** Why polls of this process are paused; null unless its key is refused. */
  readonly paused: WatchPause | null;
  /** What a person should look at: a setting of Redis that may lose watches, or watches stored by a later version; null without. */
  readonly warning: string | null;
  /** When Redis last answered a request for work, in milliseconds since 1970; null if it never did. */
  readonly lastFetchAtMs: number | null;
  /** When Redis last took a result, in milliseconds since 1970; null if it never did. */
  readonly lastWriteAtMs: number | null;
}

/** Adds up the watches in each stage. */
export function countStages(
  counted: Iterable<readonly [stage: WatchStage, count: number]>,
): WatchCounts {
  const counts = { waiting: 0, polling: 0, delivering: 0, retrying: 0, parked: 0, delivered: 0 };
  for (const [stage, count] of counted) counts[stage] += count;
  return counts;
}

/** The status of a running watch from its state, or of an ended one from its outcome. */
export function watchStatus(
  watch: WatchState | WatchOutcome,
  stage: WatchStage,
  failedDeliveries = 0,
  deliveryError: string | null = null,
  unreadable: UnreadableWatch | null = null,
): WatchStatus {
  const { workspaceId, id, metadata = null, polls, lastSeen } = watch;
  const ended =
    "endedAs" in watch
      ? { pollError: watch.error, endedAs: watch.endedAs, idempotencyKey: watch.idempotencyKey }
      : { pollError: watch.lastError, endedAs: null, idempotencyKey: null };
  return {
    workspaceId,
    id,
    stage,
    metadata,
    polls,
    lastSeen,
    ...ended,
    failedDeliveries,
    deliveryError,
    unreadable,
  };
}
