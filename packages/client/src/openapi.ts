import createClient, { type Client } from "openapi-fetch";
import type { paths } from "@qontext/sync-log-schema";
import type { SyncLogApiError } from "./errors/api-errors.ts";
import { isSyncLogApiError } from "./errors/guards.ts";
import { createCoalesce } from "./coalesce.ts";
import { encodePathParameter } from "./path-parameter.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import type { Answer, OutgoingRequest, Transport } from "./transport/transport.ts";

/** The typed client of openapi-fetch, on this client's transport. */
export type OpenapiClient = Client<paths>;

/**
 * openapi-fetch on the client's transport: the same key, checks, timeouts, retries and limits, in
 * its result style, where an error status is `{ error, response }`. Whatever else goes wrong rejects
 * with a `SyncLogError`, as everywhere.
 */
export function createOpenapiClient(transport: Transport): OpenapiClient {
  const coalesce = createCoalesce(transport);
  return createClient<paths>({
    baseUrl: transport.baseUrl,
    pathSerializer: (path, parameters) =>
      path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
        encodePathParameter(name, parameters[name]),
      ),
    fetch: async (request) => {
      const outgoing = await readRequest(request);
      try {
        // Without a key nothing is shared: a middleware may have made two requests differ.
        return toResponse(await coalesce(undefined, outgoing, {}, request.signal));
      } catch (error) {
        if (isSyncLogApiError(error)) return toErrorResponse(error);
        throw error;
      }
    },
  });
}

async function readRequest(request: Request): Promise<OutgoingRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: normalizeHeaders(request.headers),
    body: request.body === null ? undefined : await request.arrayBuffer(),
  };
}

function toResponse(answer: Answer): Response {
  const { status, text } = answer;
  const body = status === 204 || status === 205 ? null : text;
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
