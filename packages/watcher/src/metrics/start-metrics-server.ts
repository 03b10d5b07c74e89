import { createServer } from "node:http";
import { messageOf } from "../errors.ts";
import type { EngineHealth, WatchOverview } from "../watch/watch-status.ts";
import { type WatcherMetrics, withinTime } from "./create-watcher-metrics.ts";

/** A server of `/livez`, `/readyz` and `/metrics`. */
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
  readonly health: () => EngineHealth;
}

interface Answer {
  readonly status: number;
  readonly body: string | object;
  readonly contentType?: string;
}

async function answer(
  path: string | undefined,
  { metrics, overview, health }: MetricsServerOptions,
): Promise<Answer> {
  if (path === "/metrics") {
    return { status: 200, body: await metrics.text(), contentType: metrics.contentType };
  }
  // Whoever can answer lives: a restart mends neither Redis nor a key.
  if (path === "/livez") return { status: 200, body: { status: "ok" } };
  if (path !== "/readyz" && path !== "/healthz") {
    return { status: 404, body: "The paths are /livez, /readyz and /metrics.\n" };
  }
  const own = health();
  if (own.trouble !== null) return { status: 503, body: { status: "engine_failing", ...own } };
  if (own.paused !== null) return { status: 503, body: { status: "paused", ...own } };
  try {
    const { counts, oldestDueMs } = await withinTime(overview());
    return { status: 200, body: { status: "ok", ...health(), counts, oldestDueMs } };
  } catch (error) {
    const trouble = { message: messageOf(error), sinceMs: Date.now() };
    return { status: 503, body: { status: "engine_failing", ...own, trouble } };
  }
}

/**
 * Serves `/livez` (200), `/readyz` (200, or 503 with the reason while this process cannot do its work:
 * Redis fails, or its key is refused; `/healthz` is the same) and `/metrics`.
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
      send({ status: 500, body: { status: "failed", reason: messageOf(error) } });
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
