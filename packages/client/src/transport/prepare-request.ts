import { callHook } from "../hooks.ts";
import { refuse } from "../refuse.ts";
import { traceHeaders } from "../tracing.ts";
import { normalizeHeaders } from "./check-headers.ts";
import type { AttemptContext, OutgoingRequest, Transport } from "./transport.ts";

const keyHeader = "x-api-key";

/** A request as it is sent. */
export interface PreparedRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/**
 * Adds what all requests of a client have; the key last, when it is certain where the request goes.
 * A promise only where there is something to wait for.
 */
export function prepareRequest(
  transport: Transport,
  request: OutgoingRequest,
  context: AttemptContext,
): PreparedRequest | Promise<PreparedRequest> {
  const { hooks, keys } = transport;
  const headers: Record<string, string> = { ...transport.headers };
  if (request.headers !== undefined) Object.assign(headers, request.headers);
  const trace = traceHeaders(transport);
  if (trace !== undefined) Object.assign(headers, trace);
  if (hooks.onRequest !== undefined || context.retry !== undefined) {
    return prepareWithHooks(transport, request, context, headers);
  }
  const key = keys.current();
  if (typeof key === "string") return addKey(transport, request.url, headers, key, context);
  context.asksForKey = true;
  return key.then((known) => addKey(transport, request.url, headers, known, context));
}

async function prepareWithHooks(
  transport: Transport,
  { method, url: givenUrl }: OutgoingRequest,
  context: AttemptContext,
  headers: Record<string, string>,
): Promise<PreparedRequest> {
  const { hooks, keys } = transport;
  const { number: attempt, retry } = context;
  if (retry) await callHook(() => hooks.onRetry?.({ method, url: givenUrl, attempt, ...retry }));
  const seen = { method, url: givenUrl, headers, attempt };
  await callHook(() => hooks.onRequest?.(seen));
  // The hook may keep what it saw: the key is not put there, and what is changed there is not sent.
  // Without types it may have put anything there, most of all a `URL`.
  const url: unknown = seen.url;
  const sent = normalizeHeaders(seen.headers, transport.redactor);
  const key = keys.current();
  if (typeof key !== "string") context.asksForKey = true;
  return addKey(transport, String(url), sent, await key, context);
}

/** Makes sure that the key of an attempt is taken out: while it was under way, many newer ones may have come. */
export function knowKey({ redactor }: Transport, { sentKey }: AttemptContext): void {
  if (sentKey !== undefined) redactor.add(sentKey);
}

function addKey(
  transport: Transport,
  url: string,
  headers: Record<string, string>,
  key: string,
  context: AttemptContext,
): PreparedRequest {
  if (!url.startsWith(transport.originPrefix)) {
    refuse(
      "url",
      `A hook, a middleware or a \`baseUrl\` of one call takes the API key away from ${transport.originPrefix}`,
    );
  }
  context.sentKey = key;
  headers[keyHeader] = key;
  return { url, headers };
}
