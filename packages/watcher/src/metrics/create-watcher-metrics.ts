import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { WatchOverview } from "../watch/watch-status.ts";
import type { WatcherEvent } from "../watcher-event.ts";

/** Prometheus metrics of a watcher. */
export interface WatcherMetrics {
  /** To be called for the events of the watcher. */
  readonly onEvent: (event: WatcherEvent) => void;
  readonly contentType: string;
  /** The metrics in the text format of Prometheus. */
  text(): Promise<string>;
}

const latencyBucketsS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
const pollBucketsS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts events, and calls `overview` for every scrape. The watches by stage are those of all
 * processes; all other metrics are of this process.
 */
export function createWatcherMetrics(overview: () => Promise<WatchOverview>): WatcherMetrics {
  const registry = new Registry();
  const metric = <Label extends string>(name: string, help: string, ...labelNames: Label[]) => ({
    name: `sync_log_watcher_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  const watches = new Gauge(
    metric("watches", "Watches by stage, of all processes together.", "stage"),
  );
  const paused = new Gauge(
    metric("paused", "1 while polls of all processes are paused because of a refused API key."),
  );
  const polls = new Counter(metric("polls_total", "Polls of this process by result.", "result"));
  const pollSeconds = new Histogram({
    ...metric("poll_seconds", "Duration of the polls of this process."),
    buckets: pollBucketsS,
  });
  const latencySeconds = new Histogram({
    ...metric(
      "terminal_to_outcome_seconds",
      "From the end of a sync to the delivery of its outcome by this process.",
    ),
    buckets: latencyBucketsS,
  });
  const deliveries = new Counter(
    metric(
      "deliveries_total",
      "Deliveries of this process by result: delivered, failed (will be retried), parked.",
      "result",
    ),
  );
  const rateLimitWaits = new Counter(
    metric("rate_limit_waits_total", "How often the rate limit delayed polls of this process."),
  );
  const rateLimitSeconds = new Counter(
    metric("rate_limit_wait_seconds_total", "How long it delayed polls of this process."),
  );
  const recovered = new Counter(
    metric(
      "recovered_total",
      "Polls and deliveries of dead processes that this process took over.",
      "what",
    ),
  );

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
    const { counts, paused: pause } = await overview();
    for (const [stage, count] of Object.entries(counts)) watches.set({ stage }, count);
    paused.set(pause === null ? 0 : 1);
    return registry.metrics();
  };
  return { onEvent, contentType: registry.contentType, text };
}
