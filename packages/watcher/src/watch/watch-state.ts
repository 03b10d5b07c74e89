import type { ProgressState, SyncLogObservation } from "@qontext/sync-log-client";
import type { WatchTarget } from "./watch-target.ts";

/** Anything that JSON can carry. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** How a poll failed, fit to be stored: never with the key, which the client has scrubbed. */
export interface StoredError {
  /** The error's name. */
  readonly name: string;
  /** The client's code for it; null where it has none. */
  readonly code: string | null;
  /** The response's status; null where there was none. */
  readonly status: number | null;
  /** At most 500 characters. */
  readonly message: string;
}

/**
 * All that is kept of a watch between two polls. It is JSON, and it is what a job carries.
 * Every moment in it is the engine's, in milliseconds since 1970.
 */
export interface WatchState extends WatchTarget {
  /** When it was added. */
  readonly startedAtMs: number;
  /** From then on a poll that finds the sync still running ends the watch. */
  readonly deadlineAtMs: number;
  /** What the caller gave to `watch`. */
  readonly metadata?: JsonValue;
  /** How often the sync log was read, or tried to be. */
  readonly polls: number;
  /** The sync log when it last changed; null until it was seen. */
  readonly lastSeen: SyncLogObservation | null;
  /** How fast the sync goes, as the client keeps it for its interval rule. */
  readonly progress?: ProgressState;
  /** Polls in a row that brought no sync log. */
  readonly failures: number;
  /** How the latest poll failed; absent after one that did not. */
  readonly lastError?: StoredError;
}

/** The state of a watch that was not polled yet. */
export function newWatchState(
  target: WatchTarget,
  options: { startedAtMs: number; maxWaitMs: number; metadata?: JsonValue | undefined },
): WatchState {
  return {
    workspaceId: target.workspaceId,
    id: target.id,
    startedAtMs: Math.round(options.startedAtMs),
    deadlineAtMs: Math.round(options.startedAtMs + options.maxWaitMs),
    ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
    polls: 0,
    lastSeen: null,
    failures: 0,
  };
}
