import { Buffer } from "node:buffer";
import net from "node:net";
import tls from "node:tls";
import type { Exchange, WireFailure } from "./exchange.ts";
import type { ParseState } from "./parse-response.ts";
import { parseResponse } from "./parse-response.ts";
import type { WireRequest } from "./wire-request.ts";
import { headerValue } from "./wire-request.ts";

export interface SendOptions {
  /** From the connection's start to the last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** A response is cut off above this. */
  readonly maxResponseBytes: number;
  /** Certificate authorities, in PEM, besides those of Node. */
  readonly ca?: string | undefined;
  /** Ends the exchange when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** A connection that is silent for this long may have sent everything, with what should not follow a response. */
const silenceMs = 25;

/**
 * Sends one request on its own connection and returns the raw response. Redirects are not followed, nothing is retried,
 * no header is merged, and no coding is undone. Never rejects: what goes wrong is the exchange's `failure`.
 */
export function sendRequest(
  origin: URL,
  request: WireRequest,
  { timeoutMs, maxResponseBytes, ca, signal }: SendOptions,
): Promise<Exchange> {
  const start = performance.now();
  return new Promise((resolve) => {
    const socket = openSocket(origin, ca);
    let isConnected = false;
    const received: Buffer[] = [];
    let receivedBytes = 0;
    let lastByteAt = start;
    let pauseMs = silenceMs;
    let silence: NodeJS.Timeout | undefined;
    const timeout = setTimeout(() => {
      const state = read();
      const kind = isConnected ? "timeout" : "unreachable";
      const message = `no ${isConnected ? "complete response" : "connection"} within ${timeoutMs} ms`;
      finish(state, state.isComplete ? undefined : { kind, message });
    }, timeoutMs);
    const onAbort = (): void =>
      finish({ isComplete: false }, { kind: "stopped", message: "the run has ended" });
    signal?.addEventListener("abort", onAbort, { once: true });

    function read(hasEnded = false): ParseState {
      return parseResponse(Buffer.concat(received), request.method, hasEnded);
    }
    function finish(state: ParseState, seen?: WireFailure): void {
      // An alert of TLS (RFC 8446, section 6) is no answer to a request that was sent without it.
      const isAlert = received[0]?.[0] === 0x15;
      const failure = isAlert ? speaksTls : seen;
      const { response } = isAlert ? { response: undefined } : state;
      clearTimeout(timeout);
      clearTimeout(silence);
      signal?.removeEventListener("abort", onAbort);
      socket.removeAllListeners();
      // A destroyed socket may still report an error, which no longer matters.
      socket.on("error", () => {});
      socket.destroy();
      // A complete response took until its last byte, not until the silence after it.
      const durationMs = (failure === undefined ? lastByteAt : performance.now()) - start;
      resolve({
        request,
        startedAtMs: performance.timeOrigin + start,
        durationMs,
        ...(response !== undefined && { response }),
        ...(failure !== undefined && { failure }),
      });
    }
    function end(error?: Error): void {
      const state = read(true);
      if (state.response !== undefined) return finish(state);
      if (!isConnected) {
        const message = error?.message ?? "the connection ended before it was made";
        return finish(state, { kind: "unreachable", message });
      }
      const cause = error === undefined ? "" : `: ${error.message}`;
      const message = `the connection ended after ${receivedBytes} bytes${cause}`;
      finish(state, { kind: "cut", message });
    }
    function onSilence(): void {
      const state = read();
      if (state.isComplete) return finish(state);
      // Reading from the beginning each time, but ever more rarely, is linear in all.
      pauseMs *= 2;
    }

    socket.once(origin.protocol === "https:" ? "secureConnect" : "connect", () => {
      isConnected = true;
      socket.write(serialize(origin, request));
    });
    socket.on("data", (chunk: Buffer) => {
      received.push(chunk);
      receivedBytes += chunk.length;
      lastByteAt = performance.now();
      clearTimeout(silence);
      if (receivedBytes > maxResponseBytes) {
        const message = `more than ${maxResponseBytes} bytes`;
        return finish(read(), { kind: "too-large", message });
      }
      silence = setTimeout(onSilence, pauseMs);
    });
    socket.once("end", () => end());
    socket.once("error", (error) => end(error));
  });
}

const speaksTls: WireFailure = { kind: "unreachable", message: "the port speaks TLS: use https:" };

/** Connects to the provider, with TLS where its URL says so. */
export function openSocket(origin: URL, ca?: string): net.Socket {
  const host = origin.hostname.replace(/^\[(.*)\]$/, "$1");
  if (origin.protocol !== "https:") return net.connect({ host, port: Number(origin.port || 80) });
  const servername = net.isIP(host) === 0 ? { servername: host } : {};
  return tls.connect({
    host,
    port: Number(origin.port || 443),
    ALPNProtocols: ["http/1.1"],
    ...servername,
    ...(ca !== undefined && { ca: [...tls.rootCertificates, ca] }),
  });
}

/** The bytes of a request. Without a header `Connection` the connection is closed after it. */
export function serialize(origin: URL, request: WireRequest): Buffer {
  const lines = [`${request.method} ${request.target} HTTP/1.1`];
  if (headerValue(request.headers, "host") === undefined) lines.push(`Host: ${origin.host}`);
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (headerValue(request.headers, "connection") === undefined) lines.push("Connection: close");
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return request.body === undefined ? head : Buffer.concat([head, request.body]);
}
