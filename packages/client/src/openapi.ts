import createClient, { type Client } from "openapi-fetch";
import type { paths } from "@qontext/sync-log-schema";
import type { SyncLogApiError } from "./errors/response-errors.ts";
import { isSyncLogApiError } from "./errors/guards.ts";
import { unwrapHookFailure } from "./hooks.ts";
import { encodePathParameter } from "./request-parts.ts";
import { isEmptyStatus } from "./response.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import { send } from "./transport/send.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport/transport.ts";

/** The highest status that a Response can have. */
const maxStatus = 599;

const syncLogTemplate: keyof paths = "/workspaces/{workspaceId}/sync-logs/{id}";

/** The typed client of openapi-fetch, on this client's transport. */
export type OpenapiClient = Client<paths>;

/**
 * openapi-fetch on the client's transport: the same key, checks, timeouts, retries and limits, in
 * its result style, where an error status is `{ error, response }`. Everything else rejects with a
 * `SyncLogError`, as in the other methods.
 */
export function createOpenapiClient(transport: Transport): OpenapiClient {
  // What follows the base URL in a request for a sync log.
  const syncLogPath = new RegExp(`^${syncLogTemplate.replaceAll(/\{\w+\}/g, "[^/?]+")}(?:\\?|$)`);
  const sendRequest: SendRequest = async (request, signal) => {
    const { method, url } = request;
    const isOfSyncLog = method === "GET" && syncLogPath.test(url.slice(transport.baseUrl.length));
    const outgoing = await readRequest(request, isOfSyncLog ? "SyncLog" : undefined);
    try {
      return toResponse(await send(transport, outgoing, { signal }));
    } catch (error) {
      if (isSyncLogApiError(error) && error.status <= maxStatus) return toErrorResponse(error);
      throw unwrapHookFailure(error);
    }
  };
  const client = createClient<paths>({
    baseUrl: transport.baseUrl,
    pathSerializer: (path, parameters) =>
      path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
        encodePathParameter(name, parameters[name]),
      ),
    fetch: (request) => sendRequest(request, request.signal),
  });
  const methods = Object.entries(client).map(([name, method]) => [
    name,
    pastRequests(method, sendRequest),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each method takes and gives what it did
  return Object.fromEntries(methods) as OpenapiClient;
}

type SendRequest = (request: Request, signal: AbortSignal) => Promise<Response>;

/**
 * The method with the caller's signal taken past the Request. A Request listens to its signal as
 * long as that lives, which may be as long as the program; and where a middleware makes another
 * Request of it, Node forgets the way between them with the next garbage collection.
 */
function pastRequests(method: (...parameters: never[]) => unknown, sendRequest: SendRequest) {
  return (...parameters: readonly unknown[]): unknown => {
    const options = parameters.at(-1);
    const signal = signalIn(options);
    if (signal === undefined) return Reflect.apply(method, undefined, parameters);
    const fetch = (request: Request): Promise<Response> => sendRequest(request, signal);
    const own = Object.assign({ fetch }, options, { signal: undefined });
    return Reflect.apply(method, undefined, [...parameters.slice(0, -1), own]);
  };
}

function signalIn(options: unknown): AbortSignal | undefined {
  const signal =
    typeof options === "object" && options !== null ? Reflect.get(options, "signal") : undefined;
  return signal instanceof AbortSignal ? signal : undefined;
}

async function readRequest(
  request: Request,
  resultSchema: string | undefined,
): Promise<OutgoingRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: normalizeHeaders(request.headers),
    body: request.body === null ? undefined : await request.arrayBuffer(),
    mayBeEmpty: true,
    resultSchema,
  };
}

function toResponse(answer: Answer): Response {
  const { status, text } = answer;
  const body = isEmptyStatus(status) ? null : text;
  return new Response(body, { status, headers: headersOfRead(answer.headers) });
}

function toErrorResponse(error: SyncLogApiError): Response {
  const body =
    typeof error.body === "string" ? error.body : JSON.stringify(error.body ?? undefined);
  return new Response(body, { status: error.status, headers: headersOfRead(error.headers) });
}

/** The headers without those that were about the body as it was sent. */
function headersOfRead(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete("content-encoding");
  copy.delete("content-length");
  return copy;
}
