import { Buffer } from "node:buffer";
import net from "node:net";
import tls from "node:tls";
import type { Exchange, WireFailure, WireResponse } from "./exchange.ts";
import { parseResponse } from "./parse-response.ts";
import type { WireRequest } from "./wire-request.ts";
import { headerValue } from "./wire-request.ts";

export interface SendOptions {
  /** From the connection's start to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** A response is cut off above this. */
  readonly maxResponseBytes: number;
}

/** How long to wait for surplus bytes after a complete response. */
const afterBodyMs = 25;

/**
 * Sends one request on its own connection and returns the raw response. Redirects are not followed, nothing is retried,
 * no header is merged, and no coding is undone. Never rejects: what goes wrong is the exchange's `failure`.
 */
export function sendRequest(
  origin: URL,
  request: WireRequest,
  options: SendOptions,
): Promise<Exchange> {
  const startedAtMs = Date.now();
  const start = performance.now();
  return new Promise((resolve) => {
    const socket = openSocket(origin);
    const received: Buffer[] = [];
    let receivedBytes = 0;
    let response: WireResponse | undefined;
    let closing: NodeJS.Timeout | undefined;
    const timeout = setTimeout(() => {
      finish({ kind: "timeout", message: `no complete response within ${options.timeoutMs} ms` });
    }, options.timeoutMs);

    function finish(failure?: WireFailure): void {
      clearTimeout(timeout);
      clearTimeout(closing);
      socket.removeAllListeners();
      // A destroyed socket may still report an error, which no longer matters.
      socket.on("error", () => {});
      socket.destroy();
      const durationMs = performance.now() - start;
      const outcome = failure === undefined ? {} : { failure };
      const exchange = { request, startedAtMs, durationMs, ...outcome };
      resolve(response === undefined ? exchange : { ...exchange, response });
    }
    function read(hasEnded: boolean): boolean {
      const state = parseResponse(Buffer.concat(received), request.method, hasEnded);
      if (state.response !== undefined) response = state.response;
      return state.isComplete;
    }
    function end(error?: Error): void {
      read(true);
      if (response !== undefined) return finish();
      if (receivedBytes === 0 && error !== undefined && isConnectFailure(error)) {
        return finish({ kind: "unreachable", message: error.message });
      }
      const cause = error === undefined ? "" : `: ${error.message}`;
      finish({ kind: "cut", message: `the connection ended after ${receivedBytes} bytes${cause}` });
    }

    socket.once(origin.protocol === "https:" ? "secureConnect" : "connect", () => {
      socket.write(serialize(origin, request));
    });
    socket.on("data", (chunk: Buffer) => {
      received.push(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes > options.maxResponseBytes) {
        read(false);
        return finish({
          kind: "too-large",
          message: `more than ${options.maxResponseBytes} bytes`,
        });
      }
      if (read(false)) closing ??= setTimeout(() => finish(), afterBodyMs);
    });
    socket.once("end", () => end());
    socket.once("error", (error) => end(error));
  });
}

function openSocket(origin: URL): net.Socket {
  const host = origin.hostname.replace(/^\[(.*)\]$/, "$1");
  if (origin.protocol !== "https:") return net.connect({ host, port: Number(origin.port || 80) });
  const servername = net.isIP(host) === 0 ? { servername: host } : {};
  return tls.connect({
    host,
    port: Number(origin.port || 443),
    ALPNProtocols: ["http/1.1"],
    ...servername,
  });
}

function serialize(origin: URL, request: WireRequest): Buffer {
  const lines = [`${request.method} ${request.target} HTTP/1.1`];
  if (headerValue(request.headers, "host") === undefined) lines.push(`Host: ${origin.host}`);
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (headerValue(request.headers, "connection") === undefined) lines.push("Connection: close");
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return request.body === undefined ? head : Buffer.concat([head, request.body]);
}

const connectFailures = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

function isConnectFailure(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return (
    connectFailures.has(code) ||
    code.startsWith("ERR_TLS") ||
    code.includes("CERT") ||
    error.name === "AggregateError"
  );
}
