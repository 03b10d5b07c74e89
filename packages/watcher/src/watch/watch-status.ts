import type { SyncLogObservation } from "@qontext/sync-log-client";
import type { WatchEnd } from "./watch-outcome.ts";
import type { StoredError } from "./stored-error.ts";
import type { JsonValue } from "./watch-state.ts";
import type { WatchTarget } from "./watch-target.ts";

/**
 * Where a watch stands.
 *
 * - `waiting`: the next poll is planned, or due and waiting for its turn
 * - `polling`: a poll is running
 * - `delivering`: the outcome is known and `onOutcome` is called, or about to be
 * - `retrying`: `onOutcome` failed and is called again later
 * - `parked`: `onOutcome` failed too often; `redrive` starts anew
 * - `delivered`: `onOutcome` succeeded; remembered for a while
 */
export type WatchStage = "waiting" | "polling" | "delivering" | "retrying" | "parked" | "delivered";

/** The stages in the order in which a watch goes through them. */
export const watchStages: readonly WatchStage[] = [
  "waiting",
  "polling",
  "delivering",
  "retrying",
  "parked",
  "delivered",
];

/** How many watches there are in each stage. */
export type WatchCounts = Readonly<Record<WatchStage, number>>;

/** Counts each stage. */
export function countByStage(stages: readonly WatchStage[]): WatchCounts {
  const counts = {
    waiting: 0,
    polling: 0,
    delivering: 0,
    retrying: 0,
    parked: 0,
    delivered: 0,
  };
  for (const stage of stages) counts[stage]++;
  return counts;
}

/** What is known of a watch. */
export interface WatchStatus extends WatchTarget {
  /** Where it stands. */
  readonly stage: WatchStage;
  /** What was given to `watch`; null where nothing was. */
  readonly metadata: JsonValue;
  /** How often the sync log was read, or tried to be. */
  readonly polls: number;
  /** The sync log as it was last seen; null where it never was. */
  readonly lastSeen: SyncLogObservation | null;
  /** How the latest poll failed; null where it did not. */
  readonly pollError: StoredError | null;
  /** Null until the watch has ended. */
  readonly endedAs: WatchEnd | null;
  /** Null until the watch has ended. */
  readonly idempotencyKey: string | null;
  /** How often `onOutcome` has failed. */
  readonly failedDeliveries: number;
  /** How `onOutcome` failed the last time; null where it did not. */
  readonly deliveryError: string | null;
}

/** Why nothing is polled, and since when. */
export interface WatchPause {
  /** What the server said. */
  readonly reason: StoredError;
  /** The engine's time, in milliseconds since 1970. */
  readonly sinceMs: number;
}

/** The engine as a whole. */
export interface WatchOverview {
  /** How many watches there are in each stage. */
  readonly counts: WatchCounts;
  /** Null while polls go on. */
  readonly paused: WatchPause | null;
}
