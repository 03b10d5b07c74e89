import createClient, { type Client } from "openapi-fetch";
import type { paths } from "@qontext/sync-log-schema";
import { resultBodies } from "../generated/methods.ts";
import { refuseNamed } from "../refuse.ts";
import { isEmptyStatus } from "../response.ts";
import { openapiSource, type OpenapiSourceHolder } from "./openapi-source.ts";

/** The highest status that a Response can have. */
const maxStatus = 599;

/** The typed client of openapi-fetch, on a client's transport. */
export type OpenapiClient = Client<paths>;

/**
 * openapi-fetch on the transport of a client: the same key, checks, timeouts, retries and limits, in its
 * result style, where an error status is `{ error, response }` and not thrown. Everything else rejects with a
 * `SyncLogError`, as in the client's methods.
 *
 * @param client - What `createSyncLogClient` made.
 * @throws InvalidParameterError for anything else.
 */
export function createOpenapiClient(client: OpenapiSourceHolder): OpenapiClient {
  const source: Partial<OpenapiSourceHolder> = Object(client);
  const { baseUrl, encodePathParameter, send } =
    source[openapiSource] ?? refuseNamed("client", "has to be what `createSyncLogClient` makes");
  const bodies = resultBodies.map(({ path, ...body }) => {
    const template = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
    // What follows the base URL in a request of the operation.
    return {
      ...body,
      path: new RegExp(`^${template.replaceAll(/\{[^{}]+\}/g, "[^/?]+")}(?:\\?|$)`),
    };
  });
  const sendRequest: SendRequest = async (request, signal) => {
    const { method, url, headers } = request;
    const path = url.slice(baseUrl.length);
    const expected = bodies.find((body) => body.method === method && body.path.test(path));
    const outgoing = {
      method,
      url,
      body: request.body && (await request.arrayBuffer()),
      mayBeEmpty: true,
      resultSchema: expected?.resultSchema,
      isList: expected?.isList,
    };
    const answer = await send(outgoing, { signal, headers });
    const { status } = answer;
    if (!("body" in answer)) {
      return toResponse(status, answer.headers, isEmptyStatus(status) ? null : answer.text);
    }
    if (status > maxStatus) throw answer;
    const { body } = answer;
    return toResponse(
      status,
      answer.headers,
      typeof body === "string" ? body : (JSON.stringify(body ?? undefined) ?? null),
    );
  };
  const openapi = createClient<paths>({
    baseUrl,
    pathSerializer: (path, parameters) =>
      path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
        encodePathParameter(name, parameters[name]),
      ),
    fetch: (request) => sendRequest(request, request.signal),
  });
  const methods = Object.entries(openapi).map(([name, method]) => [
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
    const signal: unknown = Reflect.get(Object(options), "signal");
    if (!(signal instanceof AbortSignal)) return Reflect.apply(method, undefined, parameters);
    const fetch = (request: Request): Promise<Response> => sendRequest(request, signal);
    const own = Object.assign({ fetch }, options, { signal: undefined });
    return Reflect.apply(method, undefined, [...parameters.slice(0, -1), own]);
  };
}

/** A response whose body was read: its headers lose what was about the body as it was sent. */
function toResponse(status: number, headers: Headers, body: string | null): Response {
  const response = new Response(body, { status, headers });
  response.headers.delete("content-encoding");
  response.headers.delete("content-length");
  return response;
}
