import type { SyncLog } from "@qontext/sync-log-schema";
import type { SyncLogObservation } from "./observation.ts";
import type { TerminalStatus } from "./terminal-status.ts";

/** How a sync ended: one member for each terminal status, told apart by `outcome`. */
export type WaitResult = {
  [Status in TerminalStatus]: {
    /** The terminal status; `syncLogLifecycle.terminal` of the schema package says whether it is a failure. */
    readonly outcome: Status;
    /** The sync log as it will stay. */
    readonly syncLog: SyncLog & { readonly status: Status };
    /** How long the wait took, in milliseconds. */
    readonly elapsedMs: number;
    /** How many times the sync log was read. */
    readonly polls: number;
    /** What was seen on the way, oldest first. */
    readonly history: readonly SyncLogObservation[];
  };
}[TerminalStatus];
