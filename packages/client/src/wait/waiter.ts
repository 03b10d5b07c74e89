import type { SyncLogObservation } from "./observation.ts";
import type { SyncLogUpdate } from "./sync-log-update.ts";
import type { PollState } from "./poll-state.ts";
import type { WaitLimits } from "./wait-options.ts";

/** One wait on a stream of polls: its pace, its limits, and whom to tell. */
export interface Waiter {
  readonly limits: WaitLimits;
  state: PollState;
  /** When it wants the next one; `Infinity` when there is no time for another. */
  nextPollAtMs: number;
  /** What it was told last. */
  told: SyncLogObservation | null;
  /** Whether it was told that nothing changes. */
  toldStalled: boolean;
  /** What it throws ends this wait. */
  readonly tell: (update: SyncLogUpdate) => void;
  readonly fail: (error: unknown) => void;
}
