import type { Attempt } from "../errors/attempt.ts";
import { DeadlineExceededError, RequestTimeoutError } from "../errors/request-errors.ts";
import { SyncLogError } from "../errors/sync-log-error.ts";
import { decideRetry, retryAfterOf } from "../retry/decide-retry.ts";
import { scrubError } from "../secrets/scrub-error.ts";
import { attempt, type AttemptLimit } from "./attempt.ts";
import type { Call } from "./call.ts";
import { sleep } from "./sleep.ts";
import type { Answer, CallLimits, OutgoingRequest, Transport } from "./transport.ts";

/**
 * Sends a request until it succeeds, may not be sent again, or the deadline is reached.
 *
 * Rejects with a `SyncLogError` that has the log of all attempts, with the caller's reason when the
 * call was cancelled, or with what a hook threw.
 */
export async function send(
  transport: Transport,
  request: OutgoingRequest,
  limits: CallLimits,
  call: Call,
): Promise<Answer> {
  const { clock, budget, logger } = transport;
  const deadlineAtMs = clock.nowMs() + (limits.deadlineMs ?? transport.deadlineMs);
  const attempts: Attempt[] = [];
  let hasRenewedKey = false;
  let delayMs = 0;
  for (;;) {
    const startedAtMs = clock.nowMs();
    try {
      const limit = limitOf(transport, request, limits, deadlineAtMs - startedAtMs);
      const answer = await attempt(transport, request, call, attempts.length + 1, limit);
      budget.succeed(attempts.length > 0);
      logger?.("debug", `${request.method} ${request.url} answered ${answer.status}`, {
        durationMs: clock.nowMs() - startedAtMs,
        attempt: attempts.length + 1,
      });
      return answer;
    } catch (error) {
      if (call.isCancelled) throw call.reason;
      if (!(error instanceof SyncLogError)) throw error;
      scrubError(error, transport.scrubber.scrub);
      attempts.push(record(error, delayMs, clock.nowMs() - startedAtMs));
      Object.assign(error, { attempts });
      if (error.code === "authentication_failed" && !hasRenewedKey) {
        hasRenewedKey = true;
        if (transport.keys.renew(call.apiKey)) continue;
      }
      delayMs = delayBeforeNext(transport, request, limits, deadlineAtMs, error);
      logger?.("warn", `${error.message} Sending it again.`, { code: error.code, delayMs });
      await sleep(clock, delayMs, call);
    }
  }
}

function limitOf(
  transport: Transport,
  request: OutgoingRequest,
  limits: CallLimits,
  remainingMs: number,
): AttemptLimit {
  const timeoutMs = limits.timeoutMs ?? transport.timeoutMs;
  const what = `${request.method} ${request.url}`;
  return timeoutMs < remainingMs
    ? {
        delayMs: timeoutMs,
        error: () =>
          new RequestTimeoutError(
            `${what} took longer than ${timeoutMs} ms. Raise \`timeoutMs\` if the server needs more.`,
          ),
      }
    : {
        delayMs: remainingMs,
        error: () =>
          new DeadlineExceededError(
            `${what} did not end before its deadline. Raise \`deadlineMs\`.`,
          ),
      };
}

/** How long to wait before the next attempt. @throws the error, or that the deadline is too near. */
function delayBeforeNext(
  transport: Transport,
  request: OutgoingRequest,
  limits: CallLimits,
  deadlineAtMs: number,
  error: SyncLogError,
): number {
  const { clock, budget, random } = transport;
  const delayMs = decideRetry({
    error,
    method: request.method,
    attempts: error.attempts.length,
    policy: limits.retry ?? transport.retry,
    random: random(),
  });
  if (delayMs === undefined) throw error;
  const remainingMs = deadlineAtMs - clock.nowMs();
  if (delayMs >= remainingMs) {
    if (retryAfterOf(error) >= remainingMs) throw error;
    const message = `${error.message} The deadline is too near for another attempt: raise \`deadlineMs\`.`;
    const late = new DeadlineExceededError(message, {
      cause: error,
      correlationId: error.correlationId,
    });
    throw Object.assign(late, { attempts: error.attempts });
  }
  if (!budget.take(error.code === "request_timeout")) throw error;
  return delayMs;
}

function record(error: SyncLogError, delayMs: number, durationMs: number): Attempt {
  const headers =
    "headers" in error && error.headers instanceof Headers ? error.headers : undefined;
  return {
    status: "status" in error && typeof error.status === "number" ? error.status : null,
    code: error.code,
    delayMs,
    durationMs,
    requestId: headers?.get("x-request-id") ?? null,
    correlationId: error.correlationId,
  };
}
