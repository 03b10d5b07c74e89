import type { SyncLog, syncLogLifecycle } from "@qontext/sync-log-schema";
import type { SyncLogObservation } from "./observation.ts";
import type { Progress } from "./progress.ts";
import type { TerminalStatus, TerminalSyncLog } from "./terminal-status.ts";

/** What a wait tells when something has changed. */
export interface SyncLogUpdate extends Progress {
  /** The sync log as it is now. */
  readonly syncLog: SyncLog;
  /** How long this wait has lasted, in milliseconds. */
  readonly elapsedMs: number;
  /** How many times the sync log was read for this wait. */
  readonly polls: number;
  /** Whether the sync has ended; the last update of every wait that comes to its end. */
  readonly isTerminal: boolean;
  /** Whether nothing has changed for `stalledAfterMs`. */
  readonly isStalled: boolean;
  /** The sync log's `correlationId`, for tracing across services. */
  readonly correlationId: string | null;
}

/** How a sync ended: one member for each terminal status, told apart by `status`. */
export type WaitResult = {
  [Status in TerminalStatus]: {
    /** The terminal status. */
    readonly status: Status;
    /** What that status means, by the lifecycle of the OpenAPI document: a success, a failure … */
    readonly outcome: (typeof syncLogLifecycle.terminal)[Status];
    /** The sync log as it will stay. */
    readonly syncLog: TerminalSyncLog<Status>;
    /** How long the wait took, in milliseconds. */
    readonly elapsedMs: number;
    /** How many times the sync log was read. */
    readonly polls: number;
    /** What was seen on the way, oldest first. */
    readonly history: readonly SyncLogObservation[];
  };
}[TerminalStatus];

/** Whom to tell. `fail` is called at most once, and nothing after it or after a terminal update. */
export interface WaitListener {
  /** What it throws ends the wait. */
  readonly tell: (update: SyncLogUpdate) => void;
  /**
   * Takes what gives the error, so that its stack is that of who makes it. Never throws. An abort waits for
   * nothing that the caller still does.
   */
  readonly fail: (makeError: () => unknown, isAbort?: boolean) => void;
}
