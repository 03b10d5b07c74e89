import { Buffer } from "node:buffer";
import http from "node:http";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Report } from "../report/report.ts";
import { readHttpUrl } from "../run/prepare-run.ts";
import type { Judgement } from "../run/runner.ts";
import type { Exchange } from "../wire/exchange.ts";
import { sendRequest } from "../wire/send-request.ts";
import type { HeaderList, WireRequest } from "../wire/wire-request.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { TrafficOptions } from "./traffic-run.ts";
import { TrafficRun } from "./traffic-run.ts";

/** How a proxy is started. */
export interface ProxyOptions extends TrafficOptions {
  /** Where requests are passed on to. */
  readonly upstream: string;
  /** 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** For one exchange, in milliseconds. @default 30000 */
  readonly timeoutMs?: number | undefined;
  /** Called for each exchange of an operation, once it is judged; `redact` takes the keys seen so far out of a text. */
  readonly onJudged?: (judgement: Judgement, redact: (text: string) => string) => void;
}

/** A running proxy. */
export interface RunningProxy {
  readonly url: string;
  /** What was seen so far. */
  report(): Report;
  /** Stops listening, waits for running exchanges, and returns the final report. */
  close(): Promise<Report>;
}

/**
 * Starts a proxy on the loopback interface that passes real traffic through and judges it. Responses are passed on when they
 * are complete, with the bytes that came.
 *
 * @throws {@link CouldNotJudgeError} if the upstream URL or the spec cannot be used.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const upstream = readHttpUrl("UPSTREAM_URL", options.upstream);
  const basePath = upstream.pathname.replace(/\/+$/, "");
  const run = new TrafficRun(upstream, options);
  // One after the other, in the order they end, so that the rules over time see them in order.
  let judging: Promise<unknown> = Promise.resolve();
  const server = http.createServer((incoming, outgoing) => {
    const passing = pass(upstream, options.timeoutMs ?? 30_000, incoming, outgoing);
    judging = judgeInTurn(judging, passing);
  });
  async function judgeInTurn(earlier: Promise<unknown>, passing: Promise<Exchange>): Promise<void> {
    const [exchange] = await Promise.all([passing, earlier]);
    const judgement = await run.add(exchange, "traffic", { basePath });
    if (judgement !== undefined) options.onJudged?.(judgement, (text) => run.redact(text));
  }
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    report: () => run.toReport(),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await judging;
      return run.toReport();
    },
  };
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

async function pass(
  upstream: URL,
  timeoutMs: number,
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  const headers = pairs(incoming.rawHeaders).filter(([name]) => !hopByHop.has(name.toLowerCase()));
  const request: WireRequest = {
    method: incoming.method ?? "GET",
    target: `${upstream.pathname.replace(/\/+$/, "")}${incoming.url ?? "/"}`,
    headers: body.length === 0 ? headers : [...headers, ["Content-Length", String(body.length)]],
    ...(body.length === 0 ? {} : { body }),
  };
  const exchange = await sendRequest(upstream, request, { timeoutMs, maxResponseBytes });
  answer(exchange, outgoing);
  return exchange;
}

function answer({ response, failure, request }: Exchange, outgoing: http.ServerResponse): void {
  if (response === undefined || response.status === 0) {
    const status = failure?.kind === "timeout" ? 504 : 502;
    const message = failure?.message ?? "the response cannot be read";
    outgoing.writeHead(status, { "content-type": "application/json" });
    return void outgoing.end(JSON.stringify({ statusCode: status, message }));
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
