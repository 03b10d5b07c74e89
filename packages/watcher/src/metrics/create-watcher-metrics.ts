import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { WatchOverview } from "../watch/watch-status.ts";
import type { WatcherEvent } from "../watcher-event.ts";

/** Prometheus metrics of a watcher. */
export interface WatcherMetrics {
  /** Give it to the watcher's `onEvent`. */
  onEvent(event: WatcherEvent): void;
  readonly contentType: string;
  /** The metrics as Prometheus reads them. */
  text(): Promise<string>;
}

const latencyBucketsS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
const pollBucketsS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts what `onEvent` is told, and asks `overview` at every scrape. The watches by stage are those
 * of all processes together; everything else is of this process.
 */
export function createWatcherMetrics(overview: () => Promise<WatchOverview>): WatcherMetrics {
  const registry = new Registry();
  const registers = [registry];
  const watches = new Gauge({
    name: "sync_log_watcher_watches",
    help: "Watches by stage, of all processes together.",
    labelNames: ["stage"],
    registers,
  });
  const paused = new Gauge({
    name: "sync_log_watcher_paused",
    help: "1 while polls are paused because the API key was refused, in all processes.",
    registers,
  });
  const polls = new Counter({
    name: "sync_log_watcher_polls_total",
    help: "Polls of this process by result.",
    labelNames: ["result"],
    registers,
  });
  const pollSeconds = new Histogram({
    name: "sync_log_watcher_poll_seconds",
    help: "How long the polls of this process took.",
    buckets: pollBucketsS,
    registers,
  });
  const latencySeconds = new Histogram({
    name: "sync_log_watcher_terminal_to_outcome_seconds",
    help: "From the end of a sync until onOutcome had taken it, by this process.",
    buckets: latencyBucketsS,
    registers,
  });
  const deliveries = new Counter({
    name: "sync_log_watcher_deliveries_total",
    help: "Deliveries of this process by result: delivered, failed (tried again), parked.",
    labelNames: ["result"],
    registers,
  });
  const rateLimitWaits = new Counter({
    name: "sync_log_watcher_rate_limit_waits_total",
    help: "How often the rate limit kept this process from polling.",
    registers,
  });
  const rateLimitSeconds = new Counter({
    name: "sync_log_watcher_rate_limit_wait_seconds_total",
    help: "How long the rate limit kept this process from polling.",
    registers,
  });
  const recovered = new Counter({
    name: "sync_log_watcher_recovered_total",
    help: "Polls and deliveries that this process took over from a dead one.",
    labelNames: ["what"],
    registers,
  });

  const onEvent = (event: WatcherEvent): void => {
    if (event.type === "polled") {
      polls.inc({ result: event.result });
      pollSeconds.observe(event.durationMs / 1000);
    } else if (event.type === "delivered") {
      deliveries.inc({ result: "delivered" });
      latencySeconds.observe(event.latencyMs / 1000);
    } else if (event.type === "delivery_failed") {
      deliveries.inc({ result: event.parked ? "parked" : "failed" });
    } else if (event.type === "rate_limited") {
      rateLimitWaits.inc();
      rateLimitSeconds.inc(event.delayMs / 1000);
    } else if (event.type === "recovered") {
      recovered.inc({ what: event.what });
    }
  };

  const text = async (): Promise<string> => {
    const seen = await overview();
    for (const [stage, count] of Object.entries(seen.counts)) watches.set({ stage }, count);
    paused.set(seen.paused === null ? 0 : 1);
    return registry.metrics();
  };
  return { onEvent, contentType: registry.contentType, text };
}
