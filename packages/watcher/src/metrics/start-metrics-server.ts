import { createServer, type ServerResponse } from "node:http";
import type { WatchOverview } from "../watch/watch-status.ts";
import type { WatcherMetrics } from "./create-watcher-metrics.ts";

/** Where `/healthz` and `/metrics` are served. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Options of {@link startMetricsServer}. */
export interface MetricsServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly metrics: WatcherMetrics;
  readonly overview: () => Promise<WatchOverview>;
}

/** An engine that does not answer in time is as good as away. */
const overviewTimeoutMs = 2000;

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The engine did not answer within ${overviewTimeoutMs} ms.`)),
      overviewTimeoutMs,
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
}

const json = "application/json";

async function health(response: ServerResponse, options: MetricsServerOptions): Promise<void> {
  try {
    const { paused, counts } = await inTime(options.overview());
    const status = paused === null ? "ok" : "paused";
    answer(response, paused === null ? 200 : 503, json, JSON.stringify({ status, paused, counts }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer(response, 503, json, JSON.stringify({ status: "engine_unreachable", reason }));
  }
}

async function metricsText(response: ServerResponse, options: MetricsServerOptions): Promise<void> {
  try {
    answer(response, 200, options.metrics.contentType, await inTime(options.metrics.text()));
  } catch (error) {
    answer(response, 503, "text/plain", error instanceof Error ? error.message : String(error));
  }
}

/**
 * Serves `/healthz` (200, or 503 with the reason while polls are paused or the engine is away) and
 * `/metrics`.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD") {
      answer(response, 405, "text/plain", "GET only\n");
    } else if (path === "/healthz") void health(response, options);
    else if (path === "/metrics") void metricsText(response, options);
    else answer(response, 404, "text/plain", "There is /healthz and /metrics.\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
