import { RedirectError, ResponseFormatError } from "../errors/response-errors.ts";
import { callHook } from "../hooks.ts";
import {
  type ReadResponse,
  cleanHeaders,
  errorDetails,
  excerptOf,
  isEmptyStatus,
  parseSuccess,
  toApiError,
} from "../response.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { readableHeaders } from "./copy-headers.ts";
import { fetchFailure, responseIn } from "./fetch-failure.ts";
import { prepareRequest } from "./prepare-request.ts";
import { type AnyResponse, readBody } from "./read-body.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

/** Never followed: the key must not go along. */
const redirect = "manual" as const;

/**
 * Sends one request and reads its response; `signal` ends both. Rejects with a `SyncLogError`, or what a hook threw.
 */
export async function exchange(
  transport: Transport,
  request: OutgoingRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<Answer> {
  const { method, body, resultSchema, fetchOptions = transport.fetchOptions } = request;
  const { hooks, redactor, clock, maxResponseBytes, checkSyncLog } = transport;
  const { number: attempt } = context;
  let prepared = prepareRequest(transport, request, context);
  if (prepared instanceof Promise) prepared = await prepared;
  // The caller may have aborted in a hook, or while the key was awaited.
  signal.throwIfAborted();
  const { url, headers } = prepared;
  const call = `${method} ${url}`;
  // Browsers refuse a `fetch` that is called as another object's method.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it may give anything, and take less than is passed on
  const send = (transport.fetch ?? globalThis.fetch) as (
    url: string,
    init: RequestInit,
  ) => Promise<AnyResponse>;
  const cache = fetchOptions?.["cache"] ?? transport.cache;
  const init = { method, headers, signal, redirect, cache, body: body ?? null };
  // While the request was under way, many newer keys may have come.
  const knowKey = (): void => {
    if (context.sentKey !== undefined) redactor.add(context.sentKey);
  };
  let response: AnyResponse;
  // Each of a response's getters costs as much as several steps of this function.
  let status: number;
  let text: string | undefined;
  try {
    response = await send(url, fetchOptions ? { ...fetchOptions, ...init } : init);
    status = response.status;
    if (typeof status !== "number") throw new TypeError("what it gave is not a Response");
  } catch (cause) {
    const thrown = responseIn(cause);
    if (thrown === undefined) throw fetchFailure(`${call} received no response`, cause);
    response = thrown;
    status = thrown.status;
  } finally {
    knowKey();
  }
  // Browsers show a redirect that was not followed as a response with the status 0.
  const isRedirect =
    response.redirected === true ||
    status === 0 ||
    (status >= 300 && status < 400 && status !== 304);
  const received = readableHeaders(response.headers);
  try {
    signal.throwIfAborted();
    if (hooks.onResponse !== undefined) {
      const seenHeaders = cleanHeaders(received, redactor);
      const seen = { method, url, status, headers: seenHeaders, attempt };
      await callHook(() => hooks.onResponse?.(seen));
      signal.throwIfAborted();
    }
  } catch (error) {
    discard(response);
    throw error;
  }
  const epochMs = clock.epochMs();
  try {
    if (isRedirect) discard(response);
    else text = await readBody(response, maxResponseBytes, signal);
  } catch (cause) {
    // The status of an error says enough without its body.
    if (!(status >= 400)) {
      const retryAfterMs = parseRetryAfter(received, epochMs);
      throw fetchFailure(`The response to ${call} was cut off`, cause, retryAfterMs);
    }
  } finally {
    knowKey();
  }
  const answer: ReadResponse & { data: unknown } = {
    call,
    status,
    headers: received,
    text: text ?? "",
    epochMs,
    data: undefined,
  };
  if (isRedirect) {
    const details = errorDetails(answer, null, redactor);
    const location = details.headers.get("location") ?? "a place that it does not name";
    throw new RedirectError(
      `${call} answered ${status} and redirects to ${excerptOf(location)}. Set \`baseUrl\` to the server that answers: the API key must not go along.`,
      details,
    );
  }
  if (status >= 400 || status === 304) throw toApiError(answer, redactor);
  if (text === undefined) {
    throw new ResponseFormatError(
      `${call} answered with more than ${maxResponseBytes} bytes. Raise \`maxResponseBytes\`.`,
      { ...errorDetails(answer, null, redactor), reason: "too-large" },
    );
  }
  const isEmpty = method === "HEAD" || (request.mayBeEmpty === true && isEmptyStatus(status));
  if (!isEmpty) answer.data = parseSuccess(answer, redactor, request.identity);
  return checkSyncLog !== undefined && resultSchema === "SyncLog" ? checkSyncLog(answer) : answer;
}

/** Frees the connection of a response that is not read. */
function discard({ body }: AnyResponse): void {
  if (typeof body?.cancel === "function") body.cancel().catch(() => undefined);
  else body?.destroy?.();
}
