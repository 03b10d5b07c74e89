import { isRetryable } from "../retry/is-retryable.ts";
import { isNotFoundError, isSyncLogError } from "../errors/guards.ts";
import type { WaitLimits } from "./wait-options.ts";

/** What {@link shouldPollAgain} needs to know about a failed poll. */
export interface FailedPoll {
  readonly error: unknown;
  /** How many polls in a row have failed by what may pass, this one included. */
  readonly failuresInARow: number;
  /** How long the answer has been 404, in milliseconds. */
  readonly notFoundForMs: number;
  readonly limits: Pick<WaitLimits, "maxConsecutiveFailures" | "notFoundGraceMs">;
}

/**
 * Whether a wait goes on after a failed poll: after what may pass, a number of times in a row; after
 * a 404 within its grace; never after a 400, 401 or 403, which no waiting mends.
 */
export function shouldPollAgain(failed: FailedPoll): boolean {
  const { error, failuresInARow, notFoundForMs, limits } = failed;
  if (isNotFoundError(error)) return notFoundForMs < limits.notFoundGraceMs;
  return mayPass(error) && failuresInARow <= limits.maxConsecutiveFailures;
}

/** Whether a failed poll may succeed when it is repeated. */
export function mayPass(error: unknown): boolean {
  return isSyncLogError(error) && (isRetryable(error, "GET") || error.code === "deadline_exceeded");
}
