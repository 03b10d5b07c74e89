import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { ListenError } from "../errors.ts";
import type { MockRequest } from "./answer.ts";
import { toMockRequest } from "./answer.ts";
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
// Prism's own limit.
const maxRequestBytes = 10 * 1024 * 1024;

/**
 * Serves exchanges over HTTP.
 *
 * @throws {@link ListenError} if the address is taken or unknown.
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
  const chunks: Buffer[] = [];
  let size = 0;
  const hasBody =
    request.headers["content-length"] !== undefined ||
    request.headers["transfer-encoding"] !== undefined;
  if (hasBody) {
    // An IncomingMessage without an encoding yields Buffers.
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= maxRequestBytes) chunks.push(chunk);
    }
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const { method = "GET", url: target = "/" } = request;
  return toMockRequest({ method, target, headers, body: Buffer.concat(chunks).toString("utf8") });
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
