import { isSyncLogError } from "../errors/guards.ts";
import { DeadlineExceededError } from "../errors/request-errors.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import { WaitTimeoutError } from "../errors/request-errors.ts";
import { statusText } from "./status-text.ts";
import type { SyncLogView } from "./sync-log-view.ts";
import type { Waiter } from "./waiter.ts";

/** What else is known when a wait ends before the sync does. */
export interface EndOfWait {
  readonly nowMs: number;
  readonly view: SyncLogView;
  /** How long the server asked to wait, where that is not over. */
  readonly retryAfterMs: number | null;
  /** What the last poll failed with. */
  readonly cause: unknown;
}

/** The error of a wait that ends before the sync does: by its deadline, or by `maxWaitMs`. */
export function endOfWait(
  { limits, state: { polls, startedAtMs } }: Waiter,
  { nowMs, view, retryAfterMs, cause }: EndOfWait,
): SyncLogError {
  const elapsedMs = nowMs - startedAtMs;
  const status = view.syncLog === null ? "nothing yet" : statusText(view.syncLog.status);
  const last = `${polls} polls saw it last as ${status}`;
  const attempts = isSyncLogError(cause) ? cause.attempts : [];
  return limits.deadlineMs < limits.maxWaitMs
    ? new DeadlineExceededError(
        `The wait did not end before its deadline; ${last}. Raise \`deadlineMs\`.`,
        { retryAfterMs, cause, attempts },
      )
    : new WaitTimeoutError(
        `The wait ended after ${Math.round(elapsedMs)} ms, before the sync did; ${last}. The sync itself may still be running: wait again, or raise \`maxWaitMs\`.`,
        { elapsedMs, polls, retryAfterMs, cause, attempts },
      );
}
