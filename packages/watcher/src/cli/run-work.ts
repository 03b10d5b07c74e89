import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSyncLogClient, type SyncLogClient } from "@qontext/sync-log-client";
import { createSyncLogWatcher } from "../create-sync-log-watcher.ts";
import type { WatchEngine } from "../engine.ts";
import { messageOf, WatcherOptionError } from "../errors.ts";
import type { MetricsServer } from "../metrics/start-metrics-server.ts";
import type { SyncLogWatcherOptions } from "../watcher-options.ts";
import { createWebhookSender } from "../webhook/create-webhook-sender.ts";
import type { CliOutput } from "./cli-output.ts";
import type { Options } from "./parse-command.ts";

function outcomeSink(
  { webhookUrl: url, webhookSecret: secret }: Options,
  output: CliOutput,
): SyncLogWatcherOptions["onOutcome"] {
  if (url !== undefined && secret !== undefined)
    return createWebhookSender({ url, secret: secret.split(" ") });
  // An outcome is delivered once its line is written: a full pipe delays deliveries.
  return (outcome) => output.line(outcome);
}

const keyIn = (file: string) => async (): Promise<string> => (await readFile(file, "utf8")).trim();

/** At the start, and not only when a poll needs a key, which would be held back in silence. */
async function checkKeys({ keyFile, keysFolder }: Options): Promise<void> {
  try {
    if (keysFolder !== undefined) await readdir(keysFolder);
    if (keyFile === undefined || (await keyIn(keyFile)()) !== "") return;
  } catch (cause) {
    throw new WatcherOptionError(`No API key can be read: ${messageOf(cause)}`, { cause });
  }
  throw new WatcherOptionError(`No API key can be read: ${keyFile} is empty.`);
}

/** The client of all workspaces, or the one of each. A key from a file is read again once it is refused. */
function clientOf(
  { keyFile, keysFolder }: Options,
  { logger }: CliOutput,
): SyncLogWatcherOptions["client"] {
  if (keysFolder === undefined) {
    const apiKey = keyFile === undefined ? undefined : keyIn(keyFile);
    return createSyncLogClient({ logger, apiKey });
  }
  const clients = new Map<string, SyncLogClient>();
  return (workspaceId) => {
    // An id may contain a slash.
    const apiKey = keyIn(join(keysFolder, encodeURIComponent(workspaceId)));
    const client = clients.get(workspaceId) ?? createSyncLogClient({ logger, apiKey });
    clients.set(workspaceId, client);
    return client;
  };
}

/** Only where it is asked for: prom-client is an optional peer dependency. */
async function loadMetrics() {
  try {
    return {
      ...(await import("../metrics/create-watcher-metrics.ts")),
      ...(await import("../metrics/start-metrics-server.ts")),
    };
  } catch (cause) {
    const message = "--metrics-port needs prom-client: npm install prom-client";
    throw new WatcherOptionError(message, { cause });
  }
}

/** `sync-log-watcher work`: polls until `untilStopped` resolves. */
export async function runWork(
  options: Options,
  engine: WatchEngine,
  output: CliOutput,
  untilStopped: () => Promise<void>,
): Promise<void> {
  const { minIntervalMs, maxIntervalMs, notFoundGraceMs, maxFailingMs } = options;
  const { probeEveryMs, deliveryTimeoutMs, deliveryAttempts, deliveryMaxDelayMs } = options;
  const { metricsPort: port, metricsHost: host = "127.0.0.1" } = options;
  const overview = () => watcher.overview();
  const health = () => watcher.health();
  await checkKeys(options);
  const metrics = port === undefined ? undefined : await loadMetrics();
  const served = metrics?.createWatcherMetrics(overview, health);
  const watcher = createSyncLogWatcher({
    client: clientOf(options, output),
    onOutcome: outcomeSink(options, output),
    engine,
    logger: output.logger,
    onEvent: served?.onEvent,
    minIntervalMs,
    maxIntervalMs,
    notFoundGraceMs,
    maxFailingMs,
    probeEveryMs,
    deliveryTimeoutMs,
    delivery: {
      ...(deliveryAttempts !== undefined && { maxAttempts: deliveryAttempts }),
      ...(deliveryMaxDelayMs !== undefined && { maxDelayMs: deliveryMaxDelayMs }),
    },
  });
  let server: MetricsServer | undefined;
  try {
    if (port !== undefined && metrics !== undefined && served !== undefined) {
      server = await metrics.startMetricsServer({ port, host, metrics: served, overview, health });
    }
    output.logger.info("Working.", { metrics: server?.url ?? null });
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
