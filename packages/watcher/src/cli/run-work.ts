import { createSyncLogClient } from "@qontext/sync-log-client";
import { createSyncLogWatcher, type SyncLogWatcher } from "../create-sync-log-watcher.ts";
import type { WatchEngine } from "../engine.ts";
import { createWatcherMetrics, type WatcherMetrics } from "../metrics/create-watcher-metrics.ts";
import { type MetricsServer, startMetricsServer } from "../metrics/start-metrics-server.ts";
import type { SyncLogWatcherOptions } from "../watcher-options.ts";
import { createWebhookSender } from "../webhook/create-webhook-sender.ts";
import type { CliOutput } from "./cli-output.ts";
import type { WorkOptions } from "./parse-command.ts";

/** Resolves when the process is asked to stop. */
export type UntilStopped = () => Promise<void>;

function outcomeSink(options: WorkOptions, output: CliOutput): SyncLogWatcherOptions["onOutcome"] {
  if (options.webhookUrl !== undefined && options.webhookSecret !== undefined) {
    return createWebhookSender({ url: options.webhookUrl, secret: options.webhookSecret });
  }
  // Delivered only once the line is written: a full pipe delays deliveries.
  return (outcome) => output.line(outcome);
}

async function serveMetrics(
  options: WorkOptions,
  watcher: SyncLogWatcher,
  metrics: WatcherMetrics,
): Promise<MetricsServer | null> {
  if (options.metricsPort === undefined) return null;
  const { metricsPort: port, metricsHost: host } = options;
  return startMetricsServer({ port, host, metrics, overview: () => watcher.overview() });
}

/** `sync-log-watcher work`: polls until it is asked to stop. */
export async function runWork(
  options: WorkOptions,
  engine: WatchEngine,
  output: CliOutput,
  untilStopped: UntilStopped,
): Promise<void> {
  const { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxFailingMs } = options;
  const metrics = createWatcherMetrics(() => watcher.overview());
  const watcher = createSyncLogWatcher({
    client: createSyncLogClient(),
    onOutcome: outcomeSink(options, output),
    engine,
    logger: output.logger,
    onEvent: (event) => metrics.onEvent(event),
    minIntervalMs,
    maxIntervalMs,
    notFoundGraceMs,
    maxFailingMs,
  });
  let server: MetricsServer | null = null;
  try {
    server = await serveMetrics(options, watcher, metrics);
    const { paused } = await watcher.overview();
    output.logger.info("Working.", { metrics: server?.url ?? null, paused: paused !== null });
    if (paused !== null) {
      output.logger.error(
        "Polls are paused in every process: the API key was refused. Replace the key, then run `sync-log-watcher resume`.",
        { reason: paused.reason.message },
      );
    }
    await untilStopped();
    output.logger.info(
      "Closing: finishing polls and deliveries in flight, handing over the rest.",
      {},
    );
  } finally {
    await watcher.close();
    await server?.close();
  }
}
