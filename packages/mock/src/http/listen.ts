import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { ListenError } from "../errors.ts";
import type { MockRequest } from "./answer.ts";
import { maxRequestBytes, toMockRequest } from "./answer.ts";
import type { Exchange } from "./handle-request.ts";
import { sendOnSocket } from "./send-on-socket.ts";

/** Whether only this machine can reach an address to listen on. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** A server that listens. */
export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

// Requests in flight get this long to finish; the rest of the second is for closing connections.
const graceMs = 800;

/**
 * Serves exchanges over HTTP.
 *
 * @throws ListenError if the address is taken or unknown.
 */
export async function listen(
  handle: (request: MockRequest) => Promise<Exchange>,
  address: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const closing = new AbortController();
  const server = createServer((request, response) => {
    if (closing.signal.aborted) response.shouldKeepAlive = false;
    response.on("finish", () => {
      if (closing.signal.aborted) server.closeIdleConnections();
    });
    void serve(handle, request, response, closing.signal);
  });
  const { host, port } = address;
  server.listen(port, host);
  await once(server, "listening").catch((error: Error) => {
    throw new ListenError(host, port, error);
  });
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server),
    close: () => (closed ??= close(server, closing)),
  };
}

async function serve(
  handle: (request: MockRequest) => Promise<Exchange>,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  const stop = new AbortController();
  const onClosing = (): void => stop.abort();
  response.on("close", () => {
    closing.removeEventListener("abort", onClosing);
    gone.abort();
    stop.abort();
  });
  closing.addEventListener("abort", onClosing);
  try {
    const exchange = await handle(await readRequest(request));
    await sendOnSocket(response, exchange, { gone: gone.signal, stop: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) response.destroy();
    else respondWithInternalError(response, error);
  }
}

async function readRequest(request: IncomingMessage): Promise<MockRequest> {
  const body = await readBody(request);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const { method = "GET", url: target = "/" } = request;
  const isBodyTooLong = body === undefined;
  return toMockRequest({ method, target, headers, body: body ?? "", isBodyTooLong });
}

/** @returns `undefined` as soon as the body is too long; the rest is read and thrown away, so that the client gets its answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const { "content-length": length, "transfer-encoding": coding } = request.headers;
  if (length === undefined && coding === undefined) return "";
  const chunks: Buffer[] = [];
  let size = Number(length ?? 0);
  if (size <= maxRequestBytes) {
    size = 0;
    // An IncomingMessage without an encoding yields Buffers.
    const parts = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of parts) {
      size += chunk.length;
      if (size > maxRequestBytes) break;
      chunks.push(chunk);
    }
  }
  if (size <= maxRequestBytes) return Buffer.concat(chunks).toString("utf8");
  request.resume();
  return undefined;
}

/** A bug in the mock is reported to the client, because nobody may be reading the mock's own output. */
function respondWithInternalError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  response
    .writeHead(500, { "content-type": "text/plain; charset=utf-8" })
    .end(`The mock failed: ${message}\n`);
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[address.address];
  const literal = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host ?? literal}:${address.port}`;
}

async function close(server: Server, closing: AbortController): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    closing.abort();
    server.closeIdleConnections();
  });
}
