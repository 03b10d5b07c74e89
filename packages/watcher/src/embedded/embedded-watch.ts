import type { ListedWatch } from "../watch/listed-watch.ts";
import type { WatchOutcome } from "../watch/watch-outcome.ts";
import type { WatchState } from "../watch/watch-state.ts";
import { type WatchStage, type WatchStatus, watchStatus } from "../watch/watch-status.ts";

/** A watch of this process. */
export interface EmbeddedWatch extends ListedWatch {
  readonly key: string;
  state: WatchState;
  stage: WatchStage;
  pollAtMs: number;
  polledAtMs: number | null;
  /** Whether its next poll is by itself, whatever a list could do. */
  isAlone: boolean;
  outcome: WatchOutcome | null;
  failedDeliveries: number;
  deliveryError: string | null;
  /** Undefined while the watch is polled or delivered, or waits for its turn. */
  timer: NodeJS.Timeout | undefined;
}

export function newEmbeddedWatch(key: string, state: WatchState): EmbeddedWatch {
  return {
    key,
    state,
    stage: "waiting",
    pollAtMs: state.startedAtMs,
    polledAtMs: null,
    isAlone: false,
    outcome: null,
    failedDeliveries: 0,
    deliveryError: null,
    timer: undefined,
  };
}

export function statusOf(watch: EmbeddedWatch): WatchStatus {
  const { state, outcome, stage, failedDeliveries, deliveryError } = watch;
  return watchStatus(outcome ?? state, stage, failedDeliveries, deliveryError);
}
