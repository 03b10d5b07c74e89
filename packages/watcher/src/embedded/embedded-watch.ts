import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import type { WatchStage, WatchStatus } from "../watch/watch-status.ts";

/** A watch of the embedded engine. */
export interface EmbeddedWatch {
  readonly key: string;
  state: WatchState;
  stage: WatchStage;
  outcome: WatchOutcome | null;
  failedDeliveries: number;
  deliveryError: string | null;
  /** The timer of whatever comes next; undefined while it runs or waits for its turn. */
  timer: NodeJS.Timeout | undefined;
}

/** A watch that was not polled yet. */
export function newEmbeddedWatch(key: string, state: WatchState): EmbeddedWatch {
  return {
    key,
    state,
    stage: "waiting",
    outcome: null,
    failedDeliveries: 0,
    deliveryError: null,
    timer: undefined,
  };
}

/** What `status` and `list` say of it. */
export function statusOf(watch: EmbeddedWatch): WatchStatus {
  const { state, outcome } = watch;
  return {
    workspaceId: state.workspaceId,
    id: state.id,
    stage: watch.stage,
    metadata: state.metadata ?? null,
    polls: state.polls,
    lastSeen: state.lastSeen,
    pollError: state.lastError,
    endedAs: outcome?.endedAs ?? null,
    idempotencyKey: outcome?.idempotencyKey ?? null,
    failedDeliveries: watch.failedDeliveries,
    deliveryError: watch.deliveryError,
  };
}
