import { ConnectionError, InvalidParameterError } from "../errors/request-errors.ts";
import { RedirectError, ResponseFormatError } from "../errors/response-errors.ts";
import { parseSuccess, scrubHeaders, toApiError } from "../response.ts";
import { traceHeaders } from "../tracing.ts";
import type { Call } from "./call.ts";
import { checkHeaders } from "./check-headers.ts";
import { BodyTooLargeError, readBody } from "./read-body.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport.ts";

/** The header that carries the key. */
export const keyHeader = "x-api-key";

/** Sends one request and reads its answer. Rejects with a `SyncLogError`, or what a hook threw. */
export async function exchange(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  attempt: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { hooks, scrubber, origin } = transport;
  const { method } = request;
  const headers: Record<string, string> = { ...transport.headers, ...request.headers };
  Object.assign(headers, traceHeaders(hooks));
  let { url } = request;
  if (hooks.onRequest !== undefined) {
    const hookRequest = { method, url, headers, attempt };
    await hooks.onRequest(hookRequest);
    ({ url } = hookRequest);
    checkHeaders(headers);
  }
  if (!url.startsWith(`${origin}/`)) throw leavesOrigin(origin);
  const key = transport.keys.current();
  call.apiKey = headers[keyHeader] = typeof key === "string" ? key : await key;
  // Whoever waited for this has left while a hook or the key was waited for.
  signal.throwIfAborted();

  const response = await fetchOrFail(transport, url, {
    method,
    headers,
    signal,
    redirect: "manual",
    ...(request.body === undefined ? undefined : { body: request.body }),
  });
  const { status } = response;
  if (signal.aborted || isRedirect(response)) discard(response);
  signal.throwIfAborted();
  if (isRedirect(response)) throw redirectError(transport, method, url, response);
  if (hooks.onResponse !== undefined) {
    const clean = scrubHeaders(response.headers, scrubber.scrub);
    await hooks.onResponse({ method, url, status, headers: clean, attempt });
  }
  const text = await readOrFail(transport, method, url, response);
  const read = { method, url, status, headers: response.headers, text };
  if (!response.ok) throw toApiError(read, transport.clock.epochMs(), scrubber.scrub);
  const data = parseSuccess(read, scrubber.scrub);
  const answer = { status, headers: response.headers, text, data };
  return request.check === undefined ? answer : request.check(answer);
}

async function fetchOrFail(
  transport: Transport,
  url: string,
  init: RequestInit,
): Promise<Response> {
  // Browsers refuse a `fetch` that is called as another object's method.
  const send = transport.fetch ?? globalThis.fetch;
  try {
    return await send(url, init);
  } catch (cause) {
    throw new ConnectionError(
      `${init.method} ${url} got no answer (${reasonOf(cause)}). Check \`baseUrl\` and the network.`,
      { cause },
    );
  }
}

async function readOrFail(
  transport: Transport,
  method: string,
  url: string,
  response: Response,
): Promise<string> {
  try {
    return await readBody(response, transport.maxResponseBytes);
  } catch (cause) {
    // The status of an error says enough without the body.
    if (!response.ok) return "";
    if (cause instanceof BodyTooLargeError) {
      throw new ResponseFormatError(
        `${method} ${url} answered with more than ${transport.maxResponseBytes} bytes. Raise \`maxResponseBytes\` if that is right.`,
        {
          status: response.status,
          headers: scrubHeaders(response.headers, transport.scrubber.scrub),
          body: null,
          reason: "too-large",
        },
      );
    }
    throw new ConnectionError(
      `The answer to ${method} ${url} was cut (${reasonOf(cause)}). Check the network and any proxy between.`,
      { cause },
    );
  }
}

function isRedirect(response: Response): boolean {
  const { status } = response;
  return (
    (status >= 300 && status < 400) || response.type === "opaqueredirect" || response.redirected
  );
}

function redirectError(
  transport: Transport,
  method: string,
  url: string,
  response: Response,
): RedirectError {
  const headers = scrubHeaders(response.headers, transport.scrubber.scrub);
  const location = headers.get("location") ?? "somewhere";
  return new RedirectError(
    `${method} ${url} answered ${response.status} and redirects to ${location}. Redirects are never followed, because the API key would go along: set \`baseUrl\` to the server that answers.`,
    { status: response.status, headers, body: null },
  );
}

function leavesOrigin(origin: string): InvalidParameterError {
  return new InvalidParameterError(
    `A request would have gone to another origin than ${origin}. A hook, a middleware or a \`baseUrl\` of one call changed it: create a client for that origin.`,
    { parameter: "url" },
  );
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
