import { callHook } from "../hooks.ts";
import { refuse } from "../refuse.ts";
import { traceHeaders } from "../tracing.ts";
import type { Call } from "./call.ts";
import { checkHeaders } from "./check-headers.ts";
import type { OutgoingRequest, Transport } from "./transport.ts";

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
  call: Call,
  attempt: number,
): PreparedRequest | Promise<PreparedRequest> {
  const { hooks, keys } = transport;
  const headers: Record<string, string> = { ...transport.headers };
  if (request.headers !== undefined) Object.assign(headers, request.headers);
  const trace = traceHeaders(hooks);
  if (trace !== undefined) Object.assign(headers, trace);
  if (hooks.onRequest !== undefined)
    return prepareWithHook(transport, request, call, attempt, headers);
  const key = keys.current();
  return typeof key === "string"
    ? addKey(transport, request.url, headers, call, key)
    : key.then((known) => addKey(transport, request.url, headers, call, known));
}

async function prepareWithHook(
  transport: Transport,
  request: OutgoingRequest,
  call: Call,
  attempt: number,
  headers: Record<string, string>,
): Promise<PreparedRequest> {
  const seen = { method: request.method, url: request.url, headers, attempt };
  await callHook(() => transport.hooks.onRequest?.(seen));
  // The hook may keep what it saw: the key is not put there, and what is changed there is not sent.
  const { url } = seen;
  const sent = { ...headers };
  checkHeaders(sent);
  return addKey(transport, url, sent, call, await transport.keys.current());
}

function addKey(
  transport: Transport,
  url: string,
  headers: Record<string, string>,
  call: Call,
  key: string,
): PreparedRequest {
  if (!url.startsWith(transport.originPrefix)) {
    refuse(
      "url",
      `A hook, a middleware or a \`baseUrl\` of one call sent this request to another origin than ${transport.originPrefix} Create a client for that origin.`,
    );
  }
  call.apiKey = key;
  headers[keyHeader] = key;
  return { url, headers };
}
