import http, { type RequestListener } from "node:http";
import https, { type ServerOptions } from "node:https";
import { createServer as createRawServer, type Socket } from "node:net";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { afterEach } from "vitest";

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Closes something when the test is over. */
export function closeAfterTest(close: () => Promise<void>): void {
  closers.push(close);
}

/** A server of one test. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** How many requests came. */
  readonly requestCount: () => number;
}

/** Starts a server on the loopback interface; with certificates it speaks TLS. */
export async function startServer(
  answer: RequestListener,
  tls?: ServerOptions,
  host = "127.0.0.1",
): Promise<TestServer> {
  let count = 0;
  const listener: RequestListener = (request, response) => {
    count += 1;
    answer(request, response);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  closeAfterTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const port = portOf(server);
  const name = host.includes(":") ? `[${host}]` : host;
  return { url: `${tls ? "https" : "http"}://${name}:${port}`, port, requestCount: () => count };
}

/** Starts a server that says to each request, counted from 1, what no well-behaved one would. */
export async function startRudeServer(
  answer: (socket: Socket, request: number) => void,
): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", () => {
      count += 1;
      answer(socket, count);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const port = portOf(server);
  return { url: `http://127.0.0.1:${port}`, port, requestCount: () => count };
}
