import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Fetch } from "../transport/transport.ts";
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
}

/** A `fetch` for the client, with connections of its own. */
export interface NodeFetch extends Fetch {
  /** Closes all connections. */
  close(): void;
}

/**
 * Creates a `fetch` on `node:http` for clients that make many calls: it builds no Request, no Headers
 * and no Response, and keeps its connections. Pass it as the client's `fetch`; everything that the
 * client guarantees stays as it is. It serves the client and is no `fetch` for other purposes.
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const { maxSockets = 128, keepAliveMs = 4000 } = options;
  const agentOptions = { keepAlive: true, maxSockets, timeout: keepAliveMs } as const;
  const http = new HttpAgent(agentOptions);
  const https = new HttpsAgent(agentOptions);

  const send = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { method = "GET", signal, body } = init;
      signal?.throwIfAborted();
      const isTls = url.startsWith("https:");
      const start = isTls ? httpsRequest : httpRequest;
      // The client passes its headers as an object. One that can't be sent throws before there is a request.
      const headers = Object.fromEntries(Object.entries(init.headers ?? {}));
      const request = start(url, { method, headers, agent: isTls ? https : http });
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
    close(): void {
      http.destroy();
      https.destroy();
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
