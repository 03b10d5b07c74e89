import http, { type RequestListener } from "node:http";
import https, { type ServerOptions } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach } from "vitest";
import { portOf } from "./free-port.ts";

/** A server of one test, on a free port of the loopback interface, closed when the test is over. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Path and query of each request, in order. */
  readonly requests: string[];
}

/** A server that says to each connection just what it is told to. */
export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** How many requests have come. */
  readonly requestCount: () => number;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Closes something when the test is over. */
export function closeAfterTest(close: () => Promise<void>): void {
  closers.push(close);
}

/** Starts a server; with certificates it speaks TLS. */
export async function startServer(
  listener: RequestListener,
  { tls, host = "127.0.0.1" }: { readonly tls?: ServerOptions; readonly host?: string } = {},
): Promise<TestServer> {
  const requests: string[] = [];
  const record: RequestListener = (request, response) => {
    requests.push(request.url ?? "");
    listener(request, response);
  };
  const server = tls ? https.createServer(tls, record) : http.createServer(record);
  const port = await listen(server, host, () => server.closeAllConnections());
  const name = host.includes(":") ? `[${host}]` : host;
  return { url: `${tls ? "https" : "http"}://${name}:${port}`, port, requests };
}

/** Starts a server that calls `answer` with the socket and the number of each request, from 1. */
export async function startRawServer(
  answer: (socket: Socket, request: number) => void,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      if (!data.toString("latin1").includes("\r\n\r\n")) return;
      count += 1;
      answer(socket, count);
    });
  });
  const port = await listen(server, "127.0.0.1", () => {
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${port}`, port, requestCount: () => count };
}

/** A whole response with a JSON body. */
export function rawJson(body: unknown): string {
  const text = JSON.stringify(body);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** The port that a server then listens on, until the test is over. */
async function listen(server: Server, host: string, cut: () => void): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  closeAfterTest(async () => {
    cut();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return portOf(server);
}
