import { createSyncLogClient } from "@qontext/sync-log-client";
import { createSyncLogWatcher } from "../create-sync-log-watcher.ts";
import type { WatchEngine } from "../engine.ts";
import { pausedMessage } from "../log-event.ts";
import { createWatcherMetrics } from "../metrics/create-watcher-metrics.ts";
import { type MetricsServer, startMetricsServer } from "../metrics/start-metrics-server.ts";
import type { SyncLogWatcherOptions } from "../watcher-options.ts";
import { createWebhookSender } from "../webhook/create-webhook-sender.ts";
import type { CliOutput } from "./cli-output.ts";
import type { Options } from "./parse-command.ts";

function outcomeSink(
  { webhookUrl: url, webhookSecret: secret }: Options,
  output: CliOutput,
): SyncLogWatcherOptions["onOutcome"] {
  if (url !== undefined && secret !== undefined) return createWebhookSender({ url, secret });
  // An outcome is delivered once its line is written: a full pipe delays deliveries.
  return (outcome) => output.line(outcome);
}

/** `sync-log-watcher work`: polls until `untilStopped` resolves. */
export async function runWork(
  options: Options,
  engine: WatchEngine,
  output: CliOutput,
  untilStopped: () => Promise<void>,
): Promise<void> {
  const { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxFailingMs } = options;
  const { metricsPort: port, metricsHost: host = "127.0.0.1" } = options;
  const overview = () => watcher.overview();
  const metrics = createWatcherMetrics(overview);
  const watcher = createSyncLogWatcher({
    client: createSyncLogClient({ logger: output.logger }),
    onOutcome: outcomeSink(options, output),
    engine,
    logger: output.logger,
    onEvent: metrics.onEvent,
    minIntervalMs,
    maxIntervalMs,
    notFoundGraceMs,
    maxFailingMs,
  });
  let server: MetricsServer | undefined;
  try {
    if (port !== undefined) server = await startMetricsServer({ port, host, metrics, overview });
    const { paused } = await watcher.overview();
    output.logger.info("Working.", { metrics: server?.url ?? null, paused: paused !== null });
    if (paused !== null) output.logger.error(pausedMessage, { reason: paused.reason.message });
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
