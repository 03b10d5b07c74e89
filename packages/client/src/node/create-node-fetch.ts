// Not by their names: msw, nock and OpenTelemetry replace `request` in these objects.
import http, { type Agent as HttpAgent, type IncomingMessage } from "node:http";
import https from "node:https";
import type { ConnectionOptions } from "node:tls";
import { checkOptions, type RulesOf } from "../check-options.ts";
import { refuse } from "../refuse.ts";
import { onNodeHttp } from "../tracing.ts";
import { toResponse } from "./node-response.ts";

/** Options of {@link createNodeFetch}. */
export interface NodeFetchOptions {
  /**
   * The most connections at once to one origin; further requests wait for one.
   * @default 128
   */
  readonly maxSockets?: number;
  /**
   * How long an idle connection is kept, in milliseconds.
   * @default 4000, less than the 5 seconds after which a Node server closes it
   */
  readonly keepAliveMs?: number;
  /**
   * Which certificates are accepted and shown, as for `tls.connect`: `ca`, `cert`, `key`, `pfx`,
   * `passphrase`, `servername` and so on.
   * @default Node's, to which the environment variable `NODE_EXTRA_CA_CERTS` adds
   */
  readonly tls?: ConnectionOptions;
  /**
   * Which proxies to use, in variables named as in an environment: `HTTP_PROXY`, `HTTPS_PROXY` and
   * `NO_PROXY`. Needs a Node whose `http.Agent` knows the option: 22.21, 24.5 or newer; pass an `agent`
   * to an older one.
   * @default those that Node uses for its own `fetch`: by `NODE_USE_ENV_PROXY=1`, `--use-env-proxy` or `http.setGlobalProxyFromEnv()`
   */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /**
   * What makes the connections, of both kinds, such as a `ProxyAgent` of `proxy-agent`; in place of
   * `maxSockets`, `keepAliveMs` and `proxyEnv`, and the caller's to close.
   * @default agents of this `fetch` alone
   */
  readonly agent?: HttpAgent;
}

const nodeFetchRules: RulesOf<NodeFetchOptions> = {
  maxSockets: 1,
  keepAliveMs: 0,
  tls: "an object",
  proxyEnv: "an object",
  agent: ["addRequest"],
};

/** What is often taken for an option beside `tls`. */
const tlsNames = "ca cert key passphrase pfx rejectUnauthorized servername".split(" ");

/** A `fetch` for the client, with connections of its own. */
export interface NodeFetch {
  (url: string, init: RequestInit): Promise<Response>;
  /** Closes all connections that it made without an `agent`. */
  close(): void;
}

/**
 * Creates a `fetch` on `node:http` for clients that make many calls: it builds no Request, no Headers
 * and no Response, and keeps its connections. Pass it as the client's `fetch`; everything that the
 * client guarantees stays as it is. It serves the client and is no `fetch` for other purposes.
 *
 * @throws InvalidParameterError for an option that there is not, or of a wrong type.
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const ofTls = Object.keys(Object(options)).find((name) => tlsNames.includes(name));
  if (ofTls !== undefined) {
    refuse(ofTls, `Unknown option \`${ofTls}\`. Did you mean \`tls.${ofTls}\`?`);
  }
  checkOptions(options, nodeFetchRules);
  const { maxSockets = 128, keepAliveMs = 4000, tls } = options;
  const agentOptions = ({ globalAgent }: typeof http | typeof https) => {
    const { proxyEnv = Object(Reflect.get(globalAgent, "options")).proxyEnv } = options;
    return { keepAlive: true, maxSockets, timeout: keepAliveMs, proxyEnv };
  };
  const ownHttp = new http.Agent(agentOptions(http));
  const ownHttps = new https.Agent(agentOptions(https));

  const send = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { method = "GET", signal, body } = init;
      signal?.throwIfAborted();
      const isTls = url.startsWith("https:");
      const agent = options.agent ?? (isTls ? ownHttps : ownHttp);
      // The client passes its headers as an object. One that can't be sent throws before there is a request.
      const headers = Object.fromEntries(Object.entries(init.headers ?? {}));
      // Without it Node forgets all but the first of several headers of the same name.
      const parts = { method, headers, agent, joinDuplicateHeaders: true };
      const request = isTls ? https.request(url, { ...parts, ...tls }) : http.request(url, parts);
      const stop = (): void => void request.destroy(toError(signal?.reason));
      signal?.addEventListener("abort", stop, { once: true });
      request.on("error", reject);
      // Has no effect after a response; a switch of protocols brings no response.
      request.once("close", () => reject(new Error("closed without a response")));
      request.once("response", (message: IncomingMessage) => resolve(responseOf(message)));
      if (body === undefined || body === null) request.end();
      else if (typeof body === "string") request.end(body);
      else if (body instanceof ArrayBuffer) request.end(new Uint8Array(body));
      else request.destroy(new TypeError("A body has to be a string or an ArrayBuffer."));
    });

  return Object.assign(send, {
    [onNodeHttp]: true,
    close(): void {
      ownHttp.destroy();
      ownHttps.destroy();
    },
  });
}

function responseOf(message: IncomingMessage): Response {
  const { statusCode: status = 0, headers } = message;
  return toResponse({ status, headers, stream: message });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
