import type { Clock } from "../clock.ts";
import {
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
} from "../errors/request-errors.ts";
import { ResponseError } from "../errors/response-errors.ts";
import { SyncLogError, type Attempt } from "../errors/sync-log-error.ts";
import { isFromHook } from "../hooks.ts";
import { onAnswer, type RequestOptions, resolveCallLimits } from "../request-options.ts";
import { decideRetry } from "../retry/decide-retry.ts";
import type { ResolvedRetryPolicy } from "../retry/retry-options.ts";
import { redactError } from "../secrets/redactor.ts";
import { attempt } from "./attempt.ts";
import { normalizeHeaders } from "./check-headers.ts";
import { checkFetchOptions } from "./fetch-options.ts";
import { onAbort } from "./on-abort.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

const noOptions: RequestOptions = {};

/**
 * Sends a request until it succeeds, may not be sent again, or the deadline is reached.
 *
 * Rejects with a `SyncLogError` that has all attempts, with the reason of `signal` as soon as that
 * aborts, or with what a hook threw.
 */
export async function send(
  transport: Transport,
  request: OutgoingRequest,
  options: RequestOptions = noOptions,
): Promise<Answer> {
  const { clock, budget, keys, logger, redactor } = transport;
  const { signal } = options;
  const { timeoutMs, deadlineMs, retry } = resolveCallLimits(options, transport);
  const fetchOptions = checkFetchOptions(options.fetchOptions);
  const outgoing =
    options.headers || fetchOptions
      ? {
          ...request,
          headers: { ...request.headers, ...normalizeHeaders(options.headers, redactor) },
          fetchOptions: { ...transport.fetchOptions, ...fetchOptions },
        }
      : request;
  const beganAtMs = clock.nowMs();
  const deadlineAtMs = beganAtMs + deadlineMs;
  const attempts: Attempt[] = [];
  let hasRenewedKey = false;
  let retryTokens = 0;
  let delayMs = 0;
  let last: SyncLogError | undefined;
  for (;;) {
    // For the moments in which no wait is under way that an abort could end.
    signal?.throwIfAborted();
    const number = attempts.length + 1;
    const startedAtMs = number === 1 ? beganAtMs : clock.nowMs();
    const context: AttemptContext = {
      number,
      signal,
      timeoutMs,
      remainingMs: deadlineAtMs - startedAtMs,
      retry: last && { delayMs, error: last },
      sentKey: undefined,
    };
    try {
      const answer = await attempt(transport, outgoing, context);
      budget.succeed(retryTokens);
      logger?.("debug", `${request.method} ${request.url} answered ${answer.status}.`, {
        status: answer.status,
        durationMs: clock.nowMs() - startedAtMs,
      });
      signal?.throwIfAborted();
      options[onAnswer]?.(answer);
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof SyncLogError) || isFromHook(error)) throw error;
      const wasSent = !(
        error instanceof InvalidParameterError || error instanceof KeyFunctionError
      );
      if (wasSent) {
        const { status, code, correlationId } = error;
        const durationMs = clock.nowMs() - startedAtMs;
        const requestId = error instanceof ResponseError ? error.headers.get("x-request-id") : null;
        attempts.push({ status, code, delayMs, durationMs, requestId, correlationId });
      }
      last = redactError(error, redactor, { attempts: [...attempts] });
      if (!wasSent) throw last;
    }
    delayMs = 0;
    if (last.code === "authentication_failed" && !hasRenewedKey) {
      hasRenewedKey = true;
      if (keys.renew(context.sentKey)) continue;
    }
    // What a renewed key was sent for is no retry: it happens with `retry: false`, too.
    const policy = hasRenewedKey ? { ...retry, maxRetries: retry.maxRetries + 1 } : retry;
    delayMs = delayBeforeNext(transport, request.method, policy, deadlineAtMs, last);
    retryTokens = budget.take(last.code === "request_timeout");
    if (retryTokens === 0) throw last;
    logger?.("warn", `${last.message} Sending it again.`, { code: last.code, delayMs });
    // The caller may have aborted in a retry function or a logger.
    signal?.throwIfAborted();
    await sleep(clock, delayMs, signal);
  }
}

/** How long to wait before the next attempt. @throws the error, or that the deadline is too near */
function delayBeforeNext(
  { clock, random }: Transport,
  method: string,
  policy: ResolvedRetryPolicy,
  deadlineAtMs: number,
  error: SyncLogError,
): number {
  const { attempts, correlationId } = error;
  const delayMs = decideRetry({
    error,
    method,
    attempts: attempts.length,
    policy,
    random: random(),
  });
  if (delayMs === undefined) throw error;
  const remainingMs = deadlineAtMs - clock.nowMs();
  if (delayMs < remainingMs) return delayMs;
  if (error.retryAfterMs !== null && error.retryAfterMs >= remainingMs) throw error;
  throw new DeadlineExceededError(
    `${error.message} Another attempt would not end before its deadline. Raise \`deadlineMs\`.`,
    { cause: error, attempts, correlationId },
  );
}

/** Waits; rejects with the caller's reason as soon as the signal aborts. */
function sleep(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopListening =
      signal &&
      onAbort(signal, () => {
        clock.clearTimeout(timer);
        reject(signal.reason);
      });
    const timer = clock.setTimeout(() => {
      stopListening?.();
      resolve();
    }, delayMs);
  });
}
