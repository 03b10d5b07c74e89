import type { Clock } from "../clock.ts";
import {
  DeadlineExceededError,
  InvalidParameterError,
  KeyFunctionError,
} from "../errors/request-errors.ts";
import { ResponseError } from "../errors/response-errors.ts";
import { SyncLogError, type Attempt } from "../errors/sync-log-error.ts";
import { isFromHook } from "../hooks.ts";
import { maxBytes, onAnswer, type RequestOptions, resolveCallLimits } from "../request-options.ts";
import { decideRetry } from "../retry/decide-retry.ts";
import type { ResolvedRetryPolicy } from "../retry/retry-options.ts";
import { ownError } from "../secrets/redactor.ts";
import { normalizeHeaders } from "./check-headers.ts";
import { checkFetchOptions } from "./fetch-options.ts";
import { knowKey } from "./prepare-request.ts";
import { onAbort } from "./on-abort.ts";
import { TimedExchange } from "./timed-exchange.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

const noOptions: RequestOptions = {};

/**
 * Sends a request until it succeeds, may not be sent again, or the deadline is reached.
 *
 * Rejects with a `SyncLogError` that has all attempts, with the reason of `signal` as soon as that
 * aborts, or with what a hook threw.
 */
export async function send(
  anyTransport: Transport,
  request: OutgoingRequest,
  options: RequestOptions = noOptions,
): Promise<Answer> {
  const transport = limited(anyTransport, options[maxBytes]);
  const { clock, logger } = transport;
  const { signal } = options;
  const { timeoutMs, deadlineMs, retry } = resolveCallLimits(options, transport);
  const fetchOptions = checkFetchOptions(options.fetchOptions);
  const outgoing =
    options.headers || fetchOptions
      ? {
          ...request,
          headers: { ...request.headers, ...normalizeHeaders(options.headers, transport.redactor) },
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
    const startedAtMs = last === undefined ? beganAtMs : clock.nowMs();
    const context: AttemptContext = {
      number: attempts.length + 1,
      signal,
      startedAtMs,
      timeoutMs,
      remainingMs: deadlineAtMs - startedAtMs,
      retry: last && { delayMs, error: last },
      sentKey: undefined,
    };
    const exchange = new TimedExchange(transport, outgoing, context);
    try {
      const answer = await exchange.answer;
      exchange.release();
      transport.budget.succeed(retryTokens);
      logger?.("debug", `${request.method} ${request.url} answered ${answer.status}.`, {
        status: answer.status,
        durationMs: clock.nowMs() - startedAtMs,
      });
      signal?.throwIfAborted();
      options[onAnswer]?.(answer);
      return answer;
    } catch (thrown) {
      exchange.release();
      signal?.throwIfAborted();
      last = failureOf(transport, context, thrown, attempts, delayMs);
    }
    delayMs = 0;
    if (last.code === "authentication_failed" && !hasRenewedKey) {
      hasRenewedKey = true;
      if (transport.keys.renew(context.sentKey)) continue;
    }
    // What a renewed key was sent for is no retry: it happens with `retry: false`, too.
    const policy = hasRenewedKey ? { ...retry, maxRetries: retry.maxRetries + 1 } : retry;
    delayMs = delayBeforeNext(transport, request.method, policy, deadlineAtMs, last);
    retryTokens = transport.budget.take(last.code === "request_timeout");
    if (retryTokens === 0) throw last;
    logger?.("warn", `${last.message} Sending it again.`, { code: last.code, delayMs });
    // The caller may have aborted in a retry function or a logger.
    signal?.throwIfAborted();
    await sleep(clock, delayMs, signal);
  }
}

/** The transport for a call of which less is to be read. */
function limited(transport: Transport, mostBytes: number | undefined): Transport {
  if (mostBytes === undefined || mostBytes >= transport.maxResponseBytes) return transport;
  return { ...transport, maxResponseBytes: mostBytes };
}

/** What a failed attempt ended with, and it among the attempts. @throws where nothing was sent, or what a hook threw */
function failureOf(
  transport: Transport,
  context: AttemptContext,
  thrown: unknown,
  attempts: Attempt[],
  delayMs: number,
): SyncLogError {
  if (!(thrown instanceof SyncLogError) || isFromHook(thrown)) throw thrown;
  const wasSent = !(thrown instanceof InvalidParameterError || thrown instanceof KeyFunctionError);
  if (wasSent) {
    const { status, code, correlationId } = thrown;
    const durationMs = transport.clock.nowMs() - context.startedAtMs;
    const requestId = thrown instanceof ResponseError ? thrown.headers.get("x-request-id") : null;
    attempts.push({ status, code, delayMs, durationMs, requestId, correlationId });
  }
  knowKey(transport, context);
  const error = ownError(thrown, transport.redactor, { attempts: [...attempts] });
  if (wasSent) return error;
  throw error;
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
