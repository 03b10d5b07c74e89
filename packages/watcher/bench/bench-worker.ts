// A worker process of the bench.
import { createSyncLogClient } from "@qontext/sync-log-client";
import { bullmqEngine } from "../src/bullmq.ts";
import { createSyncLogWatcher } from "../src/index.ts";
import type { BenchReport, BenchWorkerSettings } from "./bench-protocol.ts";

const settings: BenchWorkerSettings = JSON.parse(process.argv[2] ?? "{}");
const { redisUrl, apiUrl, concurrency, rateLimit, minIntervalMs, maxIntervalMs } = settings;

let polls = 0;
let rateLimitWaits = 0;
let outcomes: { key: string; latencyMs: number }[] = [];

const watcher = createSyncLogWatcher({
  client: createSyncLogClient({ apiKey: "q_sk_bench", baseUrl: apiUrl }),
  engine: bullmqEngine({
    connection: redisUrl,
    concurrency,
    ...(rateLimit === null ? {} : { rateLimit }),
  }),
  minIntervalMs,
  maxIntervalMs,
  onOutcome: () => undefined,
  onEvent: (event) => {
    if (event.type === "polled") polls++;
    if (event.type === "rate_limited") rateLimitWaits++;
    if (event.type === "delivered") {
      outcomes.push({ key: event.outcome.idempotencyKey, latencyMs: event.latencyMs });
    }
    if (event.type === "engine_error") console.error(String(event.error));
  },
});

function tell(): void {
  const { user, system } = process.cpuUsage();
  const report: BenchReport = { polls, rateLimitWaits, outcomes, cpuMs: (user + system) / 1000 };
  outcomes = [];
  process.send?.(JSON.stringify(report));
}

await watcher.overview();
tell();
setInterval(tell, 100);
process.on("disconnect", () => process.exit(0));
