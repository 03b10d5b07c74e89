import { Buffer } from "node:buffer";
import { once } from "node:events";
import http from "node:http";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Report } from "../report/report.ts";
import { readHttpUrl } from "../run/prepare-run.ts";
import type { Judgement } from "../run/runner.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { SendOptions } from "../wire/send-request.ts";
import { sendRequest } from "../wire/send-request.ts";
import type { HeaderList, WireRequest } from "../wire/wire-request.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { TrafficOptions } from "./traffic-run.ts";
import { TrafficRun } from "./traffic-run.ts";

/** How a proxy is started. */
export interface ProxyOptions extends TrafficOptions {
  /** Certificate authorities, in PEM, that are trusted besides those of Node. */
  readonly ca?: string | undefined;
  /** Where requests are passed on to. */
  readonly upstream: string;
  /** 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** For one exchange, in milliseconds. @default 30000 */
  readonly timeoutMs?: number | undefined;
  /** Called for each exchange of an operation, once it is judged; `shown` makes a text fit to be shown, without the keys seen so far. */
  readonly onJudged?: (judgement: Judgement, shown: (text: string) => string) => void;
}

/** A running proxy. */
export interface RunningProxy {
  readonly url: string;
  /** What was seen so far. */
  report(): Report;
  /** Stops listening, waits two seconds for running exchanges, and returns the final report. */
  close(): Promise<Report>;
}

/**
 * Starts a proxy on the loopback interface that passes real traffic through and judges it. Responses are passed on when they
 * are complete, with the bytes that came.
 *
 * @throws CouldNotJudgeError if the upstream URL or the spec cannot be used.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const upstream = readHttpUrl("UPSTREAM_URL", options.upstream);
  const place = { origin: upstream.origin, basePath: upstream.pathname.replace(/\/+$/, "") };
  const run = new TrafficRun(upstream, options);
  const stop = new AbortController();
  const { timeoutMs = 30_000, ca } = options;
  const sendOptions = { timeoutMs, maxResponseBytes, ca, signal: stop.signal };
  // One after the other, in the order they end, so that the rules over time see them in order.
  let judging: Promise<unknown> = Promise.resolve();
  const server = http.createServer((incoming, outgoing) => {
    const passing = pass(upstream, sendOptions, incoming, outgoing);
    judging = judgeInTurn(judging, passing);
  });
  async function judgeInTurn(
    earlier: Promise<unknown>,
    passing: Promise<Exchange | undefined>,
  ): Promise<void> {
    const [exchange] = await Promise.all([passing, earlier]);
    if (exchange === undefined) return;
    const judgement = await run.add(exchange, "traffic", place);
    if (judgement !== undefined) options.onJudged?.(judgement, (text) => run.shown(text));
  }
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    report: () => run.toReport(),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const grace = setTimeout(() => stop.abort(), graceMs);
      await Promise.race([judging, aborted(stop.signal)]);
      clearTimeout(grace);
      // A browser keeps connections open that it may use one day.
      server.closeAllConnections();
      await Promise.all([closed, judging]);
      return run.toReport();
    },
  };
}

/** How long running exchanges may take after the proxy is stopped. */
const graceMs = 2000;

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const message = `The proxy cannot listen on port ${port}: ${error.message}`;
      reject(new CouldNotJudgeError("bad_options", message, { cause: error }));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Headers of the connection rather than the message. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "expect",
  "content-length",
]);

const maxResponseBytes = 64 * 1024 * 1024;
const maxRequestBytes = 64 * 1024 * 1024;

/** Never rejects. @returns undefined if there was nothing to pass on: the client went away, or sent too much. */
async function pass(
  upstream: URL,
  options: SendOptions,
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
): Promise<Exchange | undefined> {
  const body = await readBody(incoming);
  if (body === undefined) return undefined;
  if (body === "too large") {
    refuse(outgoing, 413, `the request has more than ${maxRequestBytes} bytes`);
    return undefined;
  }
  const headers = pairs(incoming.rawHeaders).filter(([name]) => !hopByHop.has(name.toLowerCase()));
  const request: WireRequest = {
    method: incoming.method ?? "GET",
    target: `${upstream.pathname.replace(/\/+$/, "")}${incoming.url ?? "/"}`,
    headers: body.length === 0 ? headers : [...headers, ["Content-Length", String(body.length)]],
    ...(body.length === 0 ? {} : { body }),
  };
  const exchange = await sendRequest(upstream, request, options);
  try {
    answer(exchange, outgoing);
  } catch (error) {
    // Node refuses to write a head that no client should see.
    const reason = error instanceof Error ? error.message : String(error);
    refuse(outgoing, 502, `the response cannot be passed on: ${reason}`);
  }
  return exchange;
}

async function readBody(incoming: http.IncomingMessage): Promise<Buffer | "too large" | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += Buffer.from(chunk).length;
      if (size > maxRequestBytes) return "too large";
      chunks.push(Buffer.from(chunk));
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function refuse(outgoing: http.ServerResponse, status: number, message: string): void {
  const headers = { "content-type": "application/json", connection: "close" };
  outgoing.writeHead(status, http.STATUS_CODES[status], headers);
  outgoing.end(JSON.stringify({ statusCode: status, message }));
}

function answer({ response, failure, request }: Exchange, outgoing: http.ServerResponse): void {
  if (response === undefined || response.status === 0) {
    const status = failure?.kind === "timeout" ? 504 : 502;
    return refuse(outgoing, status, failure?.message ?? "the response cannot be read");
  }
  const kept = response.headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
  const length = headerValue(response.headers, "content-length");
  const isBodiless =
    request.method === "HEAD" || response.status === 204 || response.status === 304;
  const promised = isBodiless
    ? length
    : String(Math.max(Number(length ?? 0) || 0, response.body.length));
  const headers = promised === undefined ? kept : [...kept, ["Content-Length", promised] as const];
  outgoing.writeHead(response.status, response.reason, headers.flat());
  if (isBodiless) return void outgoing.end();
  // A response that arrived truncated is passed on truncated.
  const isCut = failure !== undefined || Number(promised) > response.body.length;
  if (isCut) outgoing.write(response.body, () => outgoing.destroy());
  else outgoing.end(response.body);
}

function pairs(rawHeaders: readonly string[]): HeaderList {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}
