import { Buffer } from "node:buffer";
import type net from "node:net";
import type { Exchange, WireFailure } from "./exchange.ts";
import type { ParseState } from "./parse-response.ts";
import { parseResponse } from "./parse-response.ts";
import type { SendOptions } from "./send-request.ts";
import { openSocket, serialize } from "./send-request.ts";
import type { WireRequest } from "./wire-request.ts";
import { headerTokens } from "./wire-request.ts";

/** An exchange on a connection that earlier ones may have used. */
export interface KeptExchange {
  readonly exchange: Exchange;
  readonly isReused: boolean;
}

/**
 * Sends requests one after the other on one connection, and opens another one only where the provider has closed it. Never
 * rejects: what goes wrong is the `failure` of its exchange.
 */
export async function sendOnOneConnection(
  origin: URL,
  requests: readonly WireRequest[],
  options: SendOptions,
): Promise<readonly KeptExchange[]> {
  const results: KeptExchange[] = [];
  const { ca } = options;
  let socket: net.Socket | undefined;
  for (const request of requests) {
    const kept: WireRequest = {
      ...request,
      headers: [...request.headers, ["Connection", "keep-alive"]],
    };
    let isReused = socket !== undefined;
    socket ??= open(origin, ca);
    let exchange = await exchangeOn(socket, origin, kept, options);
    if (isReused && exchange.failure?.kind === "cut" && exchange.response === undefined) {
      // The provider may close a connection that waits (RFC 9112, section 9.3.1).
      isReused = false;
      socket.destroy();
      socket = open(origin, ca);
      exchange = await exchangeOn(socket, origin, kept, options);
    }
    results.push({ exchange, isReused });
    if (isKept(exchange) && !socket.destroyed) continue;
    socket.destroy();
    socket = undefined;
  }
  socket?.destroy();
  return results;
}

function open(origin: URL, ca: string | undefined): net.Socket {
  const socket = openSocket(origin, ca);
  // Between two exchanges nobody else listens for an error.
  socket.on("error", () => {});
  return socket;
}

/** Whether another request may follow on the connection (RFC 9112, section 9.3). */
function isKept({ response, failure }: Exchange): boolean {
  if (response === undefined || failure !== undefined || response.framing === "close") return false;
  const tokens = headerTokens(response.headers, "connection");
  return response.httpVersion === "1.1" ? !tokens.includes("close") : tokens.includes("keep-alive");
}

function exchangeOn(
  socket: net.Socket,
  origin: URL,
  request: WireRequest,
  { timeoutMs, maxResponseBytes, signal }: SendOptions,
): Promise<Exchange> {
  const start = performance.now();
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    let receivedBytes = 0;
    let readBytes = 0;
    const timeout = setTimeout(() => {
      finish(parse(), { kind: "timeout", message: `no complete response within ${timeoutMs} ms` });
    }, timeoutMs);
    const onAbort = (): void =>
      finish({ isComplete: false }, { kind: "stopped", message: "the run has ended" });
    signal?.addEventListener("abort", onAbort, { once: true });
    const poll = setInterval(() => readIfGrown(readBytes + 1), 20);

    function parse(hasEnded = false): ParseState {
      readBytes = receivedBytes;
      return parseResponse(Buffer.concat(received), request.method, hasEnded);
    }
    function finish({ response }: ParseState, failure?: WireFailure): void {
      clearTimeout(timeout);
      clearInterval(poll);
      signal?.removeEventListener("abort", onAbort);
      socket.off("data", onData).off("end", onEnd).off("close", onEnd);
      resolve({
        request,
        startedAtMs: performance.timeOrigin + start,
        durationMs: performance.now() - start,
        ...(response !== undefined && { response }),
        ...(failure !== undefined && { failure }),
      });
    }
    function readIfGrown(minBytes: number): void {
      if (receivedBytes < minBytes) return;
      const state = parse();
      if (state.isComplete) finish(state);
    }
    function onData(chunk: Buffer): void {
      received.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > maxResponseBytes)
        return finish(parse(), {
          kind: "too-large",
          message: `more than ${maxResponseBytes} bytes`,
        });
      // Reading from the beginning each time, but ever more rarely, is linear in all.
      readIfGrown(readBytes * 2);
    }
    function onEnd(): void {
      const state = parse(true);
      const message = `the connection ended after ${receivedBytes} bytes`;
      finish(state, state.response === undefined ? { kind: "cut", message } : undefined);
    }

    socket.on("data", onData).on("end", onEnd).on("close", onEnd);
    // Before the socket is connected, Node keeps what is written.
    socket.write(serialize(origin, request));
  });
}
