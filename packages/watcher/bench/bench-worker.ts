// A worker process of the bench.
import { createSyncLogClient } from "@qontext/sync-log-client";
import { bullmqEngine } from "../src/bullmq.ts";
import { createSyncLogWatcher } from "../src/index.ts";
import type { BenchMessage, BenchWorkerSettings } from "./bench-protocol.ts";

const settings: BenchWorkerSettings = JSON.parse(process.argv[2] ?? "{}");
const { redisUrl, apiUrl, concurrency, rateLimit, minIntervalMs, maxIntervalMs } = settings;

let polls = 0;
let lists = 0;
let rateLimitWaits = 0;

function send(message: BenchMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(JSON.stringify(message), () => resolve());
  });
}

const watcher = createSyncLogWatcher({
  client: createSyncLogClient({ apiKey: "q_sk_bench", baseUrl: apiUrl }),
  engine: bullmqEngine({
    connection: redisUrl,
    concurrency,
    ...(rateLimit === null ? {} : { rateLimit }),
  }),
  polls: settings.polls,
  minIntervalMs,
  maxIntervalMs,
  // Told before it is accepted: what a killed process had accepted is known.
  onOutcome: ({ idempotencyKey }) => send({ type: "outcome", key: idempotencyKey }),
  onEvent: (event) => {
    if (event.type === "polled") polls++;
    if (event.type === "listed") lists++;
    if (event.type === "rate_limited") rateLimitWaits++;
    if (event.type === "delivered") void send({ type: "latency", latencyMs: event.latencyMs });
    if (event.type === "engine_error") console.error(String(event.error));
  },
});

function tell(): void {
  const { user, system } = process.cpuUsage();
  void send({ type: "report", polls, lists, rateLimitWaits, cpuMs: (user + system) / 1000 });
}

await watcher.overview();
tell();
setInterval(tell, 100);
process.on("disconnect", () => process.exit(0));
