import { ConnectionError } from "../errors/request-errors.ts";
import { RedirectError, ResponseFormatError } from "../errors/response-errors.ts";
import { callHook } from "../hooks.ts";
import { errorDetails, parseSuccess, cleanHeaders, toApiError } from "../response.ts";
import { parseRetryAfter } from "../retry/parse-retry-after.ts";
import { keepRetryAfter } from "../retry/retry-after-of-body.ts";
import { prepareRequest } from "./prepare-request.ts";
import { readBody } from "./read-body.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

/** Sends one request and reads its response. Rejects with a `SyncLogError`, or what a hook threw. */
export async function exchange(
  transport: Transport,
  request: OutgoingRequest,
  context: AttemptContext,
): Promise<Answer> {
  const { method, body, resultSchema, mayBeEmpty = false } = request;
  const { hooks, redactor, clock, maxResponseBytes, checkSyncLog } = transport;
  const { signal, number: attempt } = context;
  let prepared = prepareRequest(transport, request, context);
  if (prepared instanceof Promise) prepared = await prepared;
  // The caller may have aborted in a hook, or while the key was awaited.
  signal.throwIfAborted();
  const { url, headers } = prepared;
  // Browsers refuse a `fetch` that is called as another object's method.
  const send = transport.fetch ?? globalThis.fetch;
  let response: Response;
  let status = 0;
  let text: string | undefined;
  try {
    response = await send(url, { method, headers, signal, redirect: "manual", body: body ?? null });
    // Each of a response's getters costs as much as several steps of this function.
    status = response.status;
  } catch (cause) {
    throw connectionError(method, url, undefined, cause);
  }
  try {
    signal.throwIfAborted();
    if (hooks.onResponse !== undefined) {
      const seen = {
        method,
        url,
        status,
        headers: cleanHeaders(response.headers, redactor),
        attempt,
      };
      await callHook(() => hooks.onResponse?.(seen));
      signal.throwIfAborted();
    }
  } catch (error) {
    discard(response);
    throw error;
  }
  try {
    if (isRedirect(status, response.redirected)) discard(response);
    else text = await readBody(response, maxResponseBytes);
  } catch (cause) {
    // The status of an error says enough without its body.
    if (!(status >= 400)) throw connectionError(method, url, response, cause);
  }
  if (text === undefined && (status < 400 || response.redirected)) {
    throw unreadError(transport, method, url, response);
  }
  const read = { method, url, status, headers: response.headers, text: text ?? "" };
  if (status >= 400) throw toApiError(read, clock.epochMs(), redactor);
  const data = parseSuccess(read, mayBeEmpty, redactor);
  const retryAfterMs = parseRetryAfter(read.headers, clock.epochMs());
  if (data !== undefined && retryAfterMs) keepRetryAfter(data, retryAfterMs);
  const answer = { status, headers: read.headers, text: read.text, data };
  return checkSyncLog !== undefined && resultSchema === "SyncLog" ? checkSyncLog(answer) : answer;
}

/** Browsers show a redirect that was not followed as a response with the status 0. */
function isRedirect(status: number, wasFollowed: boolean): boolean {
  return wasFollowed || status === 0 || (status >= 300 && status < 400);
}

/** The error for a request without a response, or for a response that was cut off. */
function connectionError(
  method: string,
  url: string,
  response: Response | undefined,
  cause: unknown,
): ConnectionError {
  const reason = reasonOf(cause);
  return new ConnectionError(
    response === undefined
      ? `${method} ${url} received no response (${reason}). Check \`baseUrl\` and the network.`
      : `The response to ${method} ${url} was cut off (${reason}). Check the network and any proxy between.`,
    { cause },
  );
}

/** The error for a redirect, or for a success that is too large. */
function unreadError(
  { maxResponseBytes, redactor }: Transport,
  method: string,
  url: string,
  response: Response,
): Error {
  const details = errorDetails(response, null, redactor);
  if (!isRedirect(response.status, response.redirected)) {
    return new ResponseFormatError(
      `${method} ${url} answered with more than ${maxResponseBytes} bytes. Raise \`maxResponseBytes\` if that is right.`,
      { ...details, reason: "too-large" },
    );
  }
  const location = details.headers.get("location") ?? "somewhere";
  return new RedirectError(
    `${method} ${url} answered ${response.status} and redirects to ${location}. The API key must not go along: set \`baseUrl\` to the server that answers.`,
    details,
  );
}

/** Frees the connection of a response that is not read. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

/** The code of a failed connection, which Node keeps in the cause of the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
