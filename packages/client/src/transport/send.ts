import type { Attempt } from "../errors/attempt.ts";
import { DeadlineExceededError, InvalidParameterError } from "../errors/request-errors.ts";
import { numberIn } from "../errors/number-in.ts";
import { SyncLogError } from "../errors/sync-log-error.ts";
import { decideRetry, retryAfterOf } from "../retry/decide-retry.ts";
import { scrubError } from "../secrets/scrub-error.ts";
import { attempt } from "./attempt.ts";
import { closeCall, throwIfCancelled, type Call } from "./call.ts";
import { sleep } from "./sleep.ts";
import type { Answer, CallLimits, OutgoingRequest, Transport } from "./transport.ts";

/**
 * Sends a request until it succeeds, may not be sent again, or the deadline is reached.
 *
 * Rejects with a `SyncLogError` that has the log of all attempts, with the caller's reason when the
 * call was cancelled, or with a `HookFailure`.
 */
export async function send(
  transport: Transport,
  request: OutgoingRequest,
  limits: CallLimits,
  call: Call,
): Promise<Answer> {
  const { clock, budget } = transport;
  const { timeoutMs = transport.timeoutMs, deadlineMs = transport.deadlineMs } = limits;
  const beganAtMs = clock.nowMs();
  const deadlineAtMs = beganAtMs + deadlineMs;
  const attempts: Attempt[] = [];
  let hasRenewedKey = false;
  let delayMs = 0;
  let last: SyncLogError | undefined;
  try {
    for (;;) {
      throwIfCancelled(call);
      const number = attempts.length + 1;
      const startedAtMs = number === 1 ? beganAtMs : clock.nowMs();
      const remainingMs = deadlineAtMs - startedAtMs;
      const attemptLimits = { timeoutMs, remainingMs, lastError: last };
      try {
        const answer = await attempt(transport, request, call, number, attemptLimits);
        budget.succeed(call.retryTokens);
        transport.logger?.("debug", `${request.method} ${request.url} answered ${answer.status}.`, {
          status: answer.status,
          durationMs: clock.nowMs() - startedAtMs,
        });
        return answer;
      } catch (error) {
        throwIfCancelled(call);
        if (!(error instanceof SyncLogError)) throw error;
        const wasSent = !(error instanceof InvalidParameterError);
        if (wasSent) attempts.push(record(error, delayMs, clock.nowMs() - startedAtMs));
        last = Object.assign(scrubError(error, transport.scrub), {
          attempts: [...attempts],
        });
        if (!wasSent) throw last;
      } finally {
        clock.clearTimeout(call.timer);
      }
      delayMs = 0;
      if (last.code === "authentication_failed" && !hasRenewedKey) {
        hasRenewedKey = true;
        if (transport.keys.renew(call.apiKey)) continue;
      }
      delayMs = delayBeforeNext(transport, request, limits, call, deadlineAtMs, last);
      transport.logger?.("warn", `${last.message} Sending it again.`, { code: last.code, delayMs });
      // The caller may have left in a retry function or a logger.
      throwIfCancelled(call);
      await sleep(clock, delayMs, call);
    }
  } finally {
    closeCall(call);
  }
}

/** How long to wait before the next attempt. @throws the error, or that the deadline is too near. */
function delayBeforeNext(
  transport: Transport,
  request: OutgoingRequest,
  limits: CallLimits,
  call: Call,
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
  call.retryTokens = budget.take(error.code === "request_timeout");
  if (call.retryTokens === 0) throw error;
  return delayMs;
}

function record(error: SyncLogError, delayMs: number, durationMs: number): Attempt {
  const headers =
    "headers" in error && error.headers instanceof Headers ? error.headers : undefined;
  return {
    status: numberIn(error, "status") ?? null,
    code: error.code,
    delayMs,
    durationMs,
    requestId: headers?.get("x-request-id") ?? null,
    correlationId: error.correlationId,
  };
}
