import { createServer } from "node:http";
import { messageOf } from "../errors.ts";
import { untilAborted } from "../until-aborted.ts";
import type { WatchOverview } from "../watch/watch-status.ts";
import type { WatcherMetrics } from "./create-watcher-metrics.ts";

/** A server of `/healthz` and `/metrics`. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Options of {@link startMetricsServer}. */
export interface MetricsServerOptions {
  /** 0 for a free port. */
  readonly port: number;
  readonly host: string;
  readonly metrics: WatcherMetrics;
  readonly overview: () => Promise<WatchOverview>;
}

/** An engine that takes longer counts as unreachable. */
const engineTimeoutMs = 2000;

interface Answer {
  readonly status: number;
  readonly body: string | object;
  readonly contentType?: string;
}

async function answer(
  path: string | undefined,
  { metrics, overview }: MetricsServerOptions,
): Promise<Answer> {
  const signal = AbortSignal.timeout(engineTimeoutMs);
  if (path === "/metrics") {
    const body = await untilAborted(metrics.text(), signal);
    return { status: 200, body, contentType: metrics.contentType };
  }
  if (path !== "/healthz") return { status: 404, body: "The paths are /healthz and /metrics.\n" };
  const { paused, counts } = await untilAborted(overview(), signal);
  return paused === null
    ? { status: 200, body: { status: "ok", paused, counts } }
    : { status: 503, body: { status: "paused", paused, counts } };
}

/**
 * Serves `/healthz` (200, or 503 with the reason while polls are paused or the engine is
 * unreachable) and `/metrics`.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { port, host } = options;
  const server = createServer((request, response) => {
    const send = ({ status, body, contentType = "text/plain" }: Answer): void => {
      const isText = typeof body === "string";
      response
        .writeHead(status, {
          "content-type": isText ? contentType : "application/json",
          "cache-control": "no-store",
        })
        .end(isText ? body : JSON.stringify(body));
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      send({ status: 405, body: "GET only\n" });
      return;
    }
    answer(request.url?.split("?")[0], options).then(send, (error: unknown) => {
      send({ status: 503, body: { status: "engine_unreachable", reason: messageOf(error) } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
