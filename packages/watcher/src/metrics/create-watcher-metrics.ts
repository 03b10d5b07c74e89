import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { WatchEngineError } from "../errors.ts";
import { neverAborted, timeLimit, untilAborted } from "../until-aborted.ts";
import type { EngineHealth, WatchOverview } from "../watch/watch-status.ts";
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

/** An engine that takes longer counts as unreachable. */
const engineTimeoutMs = 2000;

/** What the engine answers, unless it takes too long. */
export async function withinTime<Value>(answer: Promise<Value>): Promise<Value> {
  const reason = new WatchEngineError(`Redis did not answer within ${engineTimeoutMs} ms.`);
  const limit = timeLimit(neverAborted, engineTimeoutMs, reason);
  try {
    return await untilAborted(answer, limit.signal);
  } finally {
    limit.clear();
  }
}

/**
 * Counts events, and calls `overview` for every scrape. The watches by stage are those of all
 * processes, and are left out while Redis is away; all other metrics are of this process.
 */
export function createWatcherMetrics(
  overview: () => Promise<WatchOverview>,
  health: () => EngineHealth,
): WatcherMetrics {
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
    metric("paused", "1 while polls of this process are paused because its API key is refused."),
  );
  const up = new Gauge(metric("engine_up", "0 while Redis does not do what this process asks."));
  const warns = new Gauge(
    metric("warning", "1 while a person should look at what health() of this process warns of."),
  );
  const oldestDueSeconds = new Gauge(
    metric(
      "oldest_due_poll_seconds",
      "How late the poll is that is next, of all processes together.",
    ),
  );
  const lastFetch = new Gauge(
    metric("last_fetch_timestamp_seconds", "When Redis last answered a request for work."),
  );
  const lastWrite = new Gauge(
    metric("last_write_timestamp_seconds", "When Redis last took a result."),
  );
  const engineErrors = new Counter(
    metric("engine_errors_total", "Errors of Redis that this process met."),
  );
  const unreadable = new Counter(
    metric("unreadable_total", "How often this process met a stored watch that it could not read."),
  );
  const polls = new Counter(metric("polls_total", "Polls of this process by result.", "result"));
  const pollSeconds = new Histogram({
    ...metric("poll_seconds", "Duration of the polls of this process."),
    buckets: pollBucketsS,
  });
  const lists = new Counter(
    metric(
      "lists_total",
      "Lists that this process read in place of polls, by result; with polls_total, all requests.",
      "result",
    ),
  );
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
  // From the start: Prometheus sees no increase in what begins with 1.
  for (const result of ["delivered", "failed", "parked"]) deliveries.inc({ result }, 0);
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
  const restored = new Counter(
    metric("restored_total", "Watches in no queue any more that this process put back."),
  );

  const onEvent = (event: WatcherEvent): void => {
    if (event.type === "polled") {
      polls.inc({ result: event.result });
      pollSeconds.observe(event.durationMs / 1000);
    } else if (event.type === "listed") {
      lists.inc({ result: event.result });
    } else if (event.type === "delivered") {
      deliveries.inc({ result: "delivered" });
      latencySeconds.observe(event.latencyMs / 1000);
    } else if (event.type === "delivery_failed") {
      deliveries.inc({ result: event.parked ? "parked" : "failed" });
    } else if (event.type === "rate_limited") {
      rateLimitWaits.inc();
      rateLimitSeconds.inc(event.delayMs / 1000);
    } else if (event.type === "engine_error") {
      engineErrors.inc(event.count);
    } else if (event.type === "unreadable") {
      unreadable.inc(event.count);
    } else if (event.type === "restored") {
      restored.inc(event.count);
    } else if (event.type === "recovered") {
      recovered.inc({ what: event.what });
    }
  };

  const text = async (): Promise<string> => {
    const { trouble, paused: pause, warning, lastFetchAtMs, lastWriteAtMs } = health();
    warns.set(warning === null ? 0 : 1);
    paused.set(pause === null ? 0 : 1);
    if (lastFetchAtMs !== null) lastFetch.set(lastFetchAtMs / 1000);
    if (lastWriteAtMs !== null) lastWrite.set(lastWriteAtMs / 1000);
    watches.reset();
    oldestDueSeconds.remove();
    let isUp = trouble === null;
    try {
      const { counts, oldestDueMs } = await withinTime(overview());
      for (const [stage, count] of Object.entries(counts)) watches.set({ stage }, count);
      oldestDueSeconds.set(oldestDueMs / 1000);
    } catch {
      isUp = false;
    }
    up.set(isUp ? 1 : 0);
    return registry.metrics();
  };
  return { onEvent, contentType: registry.contentType, text };
}
