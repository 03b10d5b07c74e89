import type { SyncLog } from "@qontext/sync-log-schema";
import { isSyncLogError } from "../errors/guards.ts";
import { isFromHook } from "../hooks.ts";
import { DeadlineExceededError, WaitTimeoutError } from "../errors/request-errors.ts";
import type { SyncLogError } from "../errors/sync-log-error.ts";
import { ownError, type Redactor } from "../secrets/redactor.ts";
import type { SyncLogView } from "./observation.ts";
import type { PollState } from "./poll-state.ts";
import type { WaitLimits } from "./wait-options.ts";

/** How a wait stands whose time is over before the sync has ended. */
export interface EndOfWait {
  readonly limits: WaitLimits;
  readonly state: PollState;
  readonly nowMs: number;
  /** How long the server asked to wait, where that is not over. */
  readonly retryAfterMs: number | null;
  /** What the last poll failed with. */
  readonly cause: unknown;
}

/** The error of a wait that ends before the sync does: by its deadline, or by `maxWaitMs`. */
export function endOfWait(end: EndOfWait): SyncLogError {
  const { limits, state, nowMs, retryAfterMs, cause } = end;
  const { polls } = state;
  const elapsedMs = nowMs - state.startedAtMs;
  const isDeadline = limits.deadlineMs < limits.maxWaitMs;
  const { lastSeen } = state;
  const status = lastSeen === null ? "nothing yet" : statusText(lastSeen.status);
  const message = `The wait ended after ${Math.round(elapsedMs)} ms, before the sync did; ${polls} polls saw it last as ${status}. The sync itself may still be running: wait again, or raise \`${isDeadline ? "deadlineMs" : "maxWaitMs"}\`.`;
  const attempts = isSyncLogError(cause) ? cause.attempts : [];
  const details = { retryAfterMs, cause, attempts };
  return isDeadline
    ? new DeadlineExceededError(message, details)
    : new WaitTimeoutError(message, { ...details, elapsedMs, polls });
}

/**
 * The error with what the wait knows: the last sync log, what was seen, and its correlation id. What
 * a server sent may have the key in it, even as a status. Nothing in it is another wait's, too.
 */
export function withWaitContext(
  error: unknown,
  { text, history }: Pick<SyncLogView, "text" | "history">,
  redactor: Redactor,
): unknown {
  if (!isSyncLogError(error) || isFromHook(error)) return error;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of a poll that brought a sync log
  const lastSyncLog = redactor.value(JSON.parse(text ?? "null") as SyncLog | null);
  return ownError(error, redactor, {
    lastSyncLog,
    history: redactor.value(history),
    correlationId: error.correlationId ?? lastSyncLog?.correlationId ?? null,
  });
}

const maxStatusLength = 200;

/** A status for people. A server may send anything as one, even an object that can't be made a text. */
export function statusText(status: unknown): string {
  let text: string | undefined = "an object";
  try {
    text = typeof status === "string" ? status : JSON.stringify(status);
  } catch {
    // Nested too deep.
  }
  return (text ?? "nothing").slice(0, maxStatusLength);
}
