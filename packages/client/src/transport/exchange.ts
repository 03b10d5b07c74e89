import { ConnectionError } from "../errors/request-errors.ts";
import { RedirectError, ResponseFormatError } from "../errors/response-errors.ts";
import { errorDetails, parseSuccess, scrubHeaders, toApiError } from "../response.ts";
import type { Call } from "./call.ts";
import { prepareRequest, type PreparedRequest } from "./prepare-request.ts";
import { BodyTooLargeError, readBody } from "./read-body.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport.ts";

/** Sends one request and reads its answer. Rejects with a `SyncLogError`, or what a hook threw. */
export async function exchange(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  attempt: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { method, body, check } = request;
  const preparing = prepareRequest(transport, request, call, attempt);
  const prepared = preparing instanceof Promise ? await preparing : preparing;
  // Whoever waited may have left while a hook or the key was waited for.
  signal.throwIfAborted();
  // Browsers refuse a `fetch` that is called as another object's method.
  const send = transport.fetch ?? globalThis.fetch;
  let response: Response | undefined;
  let text = "";
  try {
    response = await send(prepared.url, {
      method,
      headers: prepared.headers,
      signal,
      redirect: "manual",
      body: body ?? null,
    });
    if (isRedirect(response)) throw redirectError(transport, prepared, response);
    if (signal.aborted) discard(response);
    else text = await readBody(response, transport.maxResponseBytes);
  } catch (cause) {
    if (cause instanceof RedirectError) throw cause;
    // The status of an error says enough without its body.
    if (response === undefined || response.status < 400) {
      throw failure(transport, prepared, response, cause);
    }
  }
  const { url } = prepared;
  const { status, headers } = response;
  const { hooks, scrub, clock } = transport;
  if (hooks.onResponse !== undefined) {
    const clean = scrubHeaders(headers, scrub);
    await hooks.onResponse({ method, url, status, headers: clean, attempt });
  }
  const read = { method, url, status, headers, text };
  if (!response.ok) throw toApiError(read, clock.epochMs(), scrub);
  const answer = { status, headers, text, data: parseSuccess(read, scrub) };
  return check === undefined ? answer : check(answer);
}

function isRedirect(response: Response): boolean {
  const { status } = response;
  return (
    (status >= 300 && status < 400) || response.type === "opaqueredirect" || response.redirected
  );
}

function redirectError(
  transport: Transport,
  { method, url }: PreparedRequest,
  response: Response,
): RedirectError {
  discard(response);
  const details = errorDetails(response, null, transport.scrub);
  const location = details.headers.get("location") ?? "somewhere";
  return new RedirectError(
    `${method} ${url} answered ${response.status} and redirects to ${location}. The API key must not go along: set \`baseUrl\` to the server that answers.`,
    details,
  );
}

/** What a request or the reading of its answer failed with, as an error of this package. */
function failure(
  transport: Transport,
  { method, url }: PreparedRequest,
  response: Response | undefined,
  cause: unknown,
): Error {
  if (response === undefined) {
    const message = `${method} ${url} got no answer (${reasonOf(cause)}). Check \`baseUrl\` and the network.`;
    return new ConnectionError(message, { cause });
  }
  if (cause instanceof BodyTooLargeError) {
    return new ResponseFormatError(
      `${method} ${url} answered with more than ${transport.maxResponseBytes} bytes. Raise \`maxResponseBytes\` if that is right.`,
      { ...errorDetails(response, null, transport.scrub), reason: "too-large" },
    );
  }
  const message = `The answer to ${method} ${url} was cut (${reasonOf(cause)}). Check the network and any proxy between.`;
  return new ConnectionError(message, { cause });
}

/** Frees the connection of a response that nobody reads. */
function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

/** The code of a failed connection, which Node keeps in the cause of the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
