import { callHook } from "../hooks.ts";
import { cleanHeaders, readAnswer } from "../response.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { readableHeaders } from "./copy-headers.ts";
import { fetchFailure, responseIn } from "./fetch-failure.ts";
import { knowKey, type PreparedRequest, prepareRequest } from "./prepare-request.ts";
import { type AnyResponse, discardBody, readBody } from "./read-body.ts";
import type {
  Answer,
  AttemptContext,
  OutgoingRequest,
  ReceivedResponse,
  Transport,
} from "./transport.ts";

/** Never followed: the key must not go along. */
const redirect = "manual" as const;

/**
 * Sends one request and reads its response; `signal` ends both. Rejects with a `SyncLogError`, or what a hook threw.
 *
 * Each call that waits here keeps room for every variable and every step, so what does not wait is a function of its own.
 */
export async function exchange(
  transport: Transport,
  request: OutgoingRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<Answer> {
  let prepared = prepareRequest(transport, request, context);
  if (prepared instanceof Promise) prepared = await prepared;
  // The caller may have aborted in a hook, or while the key was awaited.
  signal.throwIfAborted();
  let response: AnyResponse;
  try {
    response = checkResponse(await callFetch(transport, request, prepared, signal));
  } catch (cause) {
    response = responseIn(cause) ?? failToSend(request, prepared, cause);
  }
  const received = receive(transport, request, prepared, response);
  if (transport.hooks.onResponse !== undefined && !signal.aborted) {
    await tellHook(transport, context, received, response);
  }
  if (signal.aborted) {
    discardBody(response);
    throw signal.reason;
  }
  let text: string | undefined;
  try {
    if (received.isRedirect) discardBody(response);
    else text = await readBody(response, transport.maxResponseBytes, signal);
  } catch (cause) {
    failToRead(received, cause);
  }
  knowKey(transport, context);
  return readAnswer(transport, request, received, text);
}

function callFetch(
  transport: Transport,
  { method, body, fetchOptions = transport.fetchOptions }: OutgoingRequest,
  { url, headers }: PreparedRequest,
  signal: AbortSignal,
): Promise<AnyResponse> {
  // Browsers refuse a `fetch` that is called as another object's method.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it may give anything, and take less than is passed on
  const send = (transport.fetch ?? globalThis.fetch) as (
    url: string,
    init: RequestInit,
  ) => Promise<AnyResponse>;
  const cache = fetchOptions?.["cache"] ?? transport.cache;
  const init = { method, headers, signal, redirect, cache, body: body ?? null };
  return send(url, fetchOptions ? { ...fetchOptions, ...init } : init);
}

/** A `fetch` of the caller's may give anything. */
function checkResponse(response: AnyResponse): AnyResponse {
  if (typeof response.status === "number") return response;
  throw new TypeError("what it gave is not a Response");
}

function failToSend({ method }: OutgoingRequest, { url }: PreparedRequest, cause: unknown): never {
  throw fetchFailure(`${method} ${url} received no response`, cause);
}

function failToRead(received: ReceivedResponse, cause: unknown): void {
  const { method, url, status, headers, epochMs } = received;
  // The status of an error says enough without its body.
  if (status >= 400) return;
  throw fetchFailure(
    `The response to ${method} ${url} was cut off`,
    cause,
    parseRetryAfter(headers, epochMs),
  );
}

function receive(
  { clock }: Transport,
  { method }: OutgoingRequest,
  { url }: PreparedRequest,
  // Each of a response's getters costs as much as several steps of this function.
  { status, headers, redirected }: AnyResponse,
): ReceivedResponse {
  return {
    method,
    url,
    status,
    headers: readableHeaders(headers),
    text: "",
    epochMs: clock.epochMs(),
    data: undefined,
    // Browsers show a redirect that was not followed as a response with the status 0.
    isRedirect:
      redirected === true || status === 0 || (status >= 300 && status < 400 && status !== 304),
  };
}

async function tellHook(
  transport: Transport,
  context: AttemptContext,
  { method, url, status, headers }: ReceivedResponse,
  response: AnyResponse,
): Promise<void> {
  knowKey(transport, context);
  const seenHeaders = cleanHeaders(headers, transport.redactor);
  const seen = { method, url, status, headers: seenHeaders, attempt: context.number };
  try {
    await callHook(() => transport.hooks.onResponse?.(seen));
  } catch (error) {
    discardBody(response);
    throw error;
  }
}
