import { ConnectionError } from "../errors/request-errors.ts";
import { RedirectError, ResponseFormatError } from "../errors/response-errors.ts";
import { callHook } from "../hooks.ts";
import {
  cleanHeaders,
  errorDetails,
  isEmptyStatus,
  parseSuccess,
  toApiError,
} from "../response.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { prepareRequest } from "./prepare-request.ts";
import { readBody } from "./read-body.ts";
import type { Answer, AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

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
  const send = transport.fetch ?? globalThis.fetch;
  let response: Response;
  // Each of a response's getters costs as much as several steps of this function.
  let status: number;
  let isRedirect: boolean;
  let text: string | undefined;
  try {
    const init = { method, headers, signal, redirect: "manual", body: body ?? null } as const;
    response = await send(url, fetchOptions ? { ...fetchOptions, ...init } : init);
    status = response.status;
    // Browsers show a redirect that was not followed as a response with the status 0.
    isRedirect = response.redirected || status === 0 || (status >= 300 && status < 400);
  } catch (cause) {
    throw connectionError(`${call} received no response`, cause);
  }
  try {
    signal.throwIfAborted();
    if (hooks.onResponse !== undefined) {
      const seenHeaders = cleanHeaders(response.headers, redactor);
      const seen = { method, url, status, headers: seenHeaders, attempt };
      await callHook(() => hooks.onResponse?.(seen));
      signal.throwIfAborted();
    }
  } catch (error) {
    discard(response);
    throw error;
  }
  const { headers: received } = response;
  const epochMs = clock.epochMs();
  try {
    if (isRedirect) discard(response);
    else text = await readBody(response, maxResponseBytes);
  } catch (cause) {
    // The status of an error says enough without its body.
    if (!(status >= 400)) {
      const retryAfterMs = parseRetryAfter(received, epochMs);
      throw connectionError(`The response to ${call} was cut off`, cause, retryAfterMs);
    }
  }
  const read = { call, status, headers: received, text: text ?? "", epochMs };
  if (isRedirect) {
    const details = errorDetails(read, null, redactor);
    const location = details.headers.get("location") ?? "somewhere";
    throw new RedirectError(
      `${call} answered ${status} and redirects to ${location}. Set \`baseUrl\` to the server that answers: the API key must not go along.`,
      details,
    );
  }
  if (status >= 400) throw toApiError(read, redactor);
  if (text === undefined) {
    throw new ResponseFormatError(
      `${call} answered with more than ${maxResponseBytes} bytes. Raise \`maxResponseBytes\`.`,
      { ...errorDetails(read, null, redactor), reason: "too-large" },
    );
  }
  const isEmpty = method === "HEAD" || (request.mayBeEmpty === true && isEmptyStatus(status));
  const data = isEmpty ? undefined : parseSuccess(read, redactor, request.identity);
  // A spread would cost a tenth of the whole call.
  const answer = { call, status, headers: received, text, epochMs, data };
  return checkSyncLog !== undefined && resultSchema === "SyncLog" ? checkSyncLog(answer) : answer;
}

function connectionError(
  what: string,
  cause: unknown,
  retryAfterMs: number | null = null,
): ConnectionError {
  return new ConnectionError(`${what} (${reasonOf(cause)}). Check \`baseUrl\` and the network.`, {
    cause,
    retryAfterMs,
  });
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
