import { newPollState, type PollState } from "@qontext/sync-log-client/wait";
import type { StoredError } from "./stored-error.ts";
import type { WatchTarget } from "./watch-target.ts";

/** Anything that JSON can carry. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * All that is kept of a watch between two polls. It is JSON, and it is what a job carries.
 * Every moment in it is the engine's, in milliseconds since 1970.
 */
export interface WatchState extends WatchTarget, PollState {
  /** What the caller gave to `watch`. */
  readonly metadata?: JsonValue;
  /** How the latest poll failed; null where it did not. */
  readonly lastError: StoredError | null;
}

/** The state of a watch that was not polled yet. */
export function newWatchState(
  target: WatchTarget,
  options: { startedAtMs: number; maxWaitMs: number; metadata?: JsonValue | undefined },
): WatchState {
  const { startedAtMs, maxWaitMs, metadata } = options;
  return {
    workspaceId: target.workspaceId,
    id: target.id,
    ...newPollState(Math.round(startedAtMs), Math.round(startedAtMs + maxWaitMs)),
    ...(metadata === undefined ? {} : { metadata }),
    lastError: null,
  };
}
