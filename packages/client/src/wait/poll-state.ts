import { type SyncLogSight, unseen } from "./observation.ts";

/**
 * All that has to be remembered of a wait between two polls. It is JSON where `deadlineAtMs` is
 * finite. Its moments are of one clock, in milliseconds.
 */
export interface PollState extends SyncLogSight {
  /** When the wait began; the grace of a 404 counts from then. */
  readonly startedAtMs: number;
  /** When the wait ends, whether or not the sync has ended. */
  readonly deadlineAtMs: number;
  /** How many times the sync log was read, or tried to be. */
  readonly polls: number;
  /** How many polls in a row have failed transiently. */
  readonly failures: number;
  /** When the first of them failed; null where there are none. */
  readonly failingSinceMs: number | null;
  /** The server asked for no poll before this moment; null where it did not ask. */
  readonly floorAtMs: number | null;
}

/** How a wait is to be conducted. Durations are in milliseconds. */
export interface PollRules {
  /** The shortest time between two polls; only the last one may come sooner. */
  readonly minIntervalMs: number;
  /** The longest time between two polls, unless the server asks for more. */
  readonly maxIntervalMs: number;
  /** How long from the start a 404 means that the sync log is not there yet. */
  readonly notFoundGraceMs: number;
  /** How long polls may fail transiently without a break. */
  readonly maxFailingMs: number;
  /** The longest pause that the server is granted. */
  readonly maxRetryAfterMs: number;
  /** How long before the deadline the last poll begins. */
  readonly leadMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** The state of a wait that has seen no poll. */
export function newPollState(startedAtMs: number, deadlineAtMs: number): PollState {
  return {
    startedAtMs,
    deadlineAtMs,
    polls: 0,
    failures: 0,
    failingSinceMs: null,
    floorAtMs: null,
    ...unseen,
  };
}
