import { expect, test } from "vitest";
import { createWatcherMetrics } from "../../src/metrics/create-watcher-metrics.ts";
import { countStages } from "../../src/watch/watch-status.ts";

const paused = null;
const overview = () =>
  Promise.resolve({ counts: countStages([["parked", 2]]), paused, oldestDueMs: 1500 });
const health = { trouble: null, paused, warning: null, lastFetchAtMs: 2500, lastWriteAtMs: null };

const away = () => Promise.reject(new Error("Redis is away."));

test("the metrics have these names, kinds and labels", async () => {
  const metrics = createWatcherMetrics(overview, () => health);
  metrics.onEvent({ type: "polled", workspaceId: "w", id: "s", result: "log", durationMs: 20 });
  metrics.onEvent({ type: "listed", workspaceId: "w", result: "log", asked: 9, durationMs: 20 });
  metrics.onEvent({ type: "recovered", what: "poll" });
  metrics.onEvent({ type: "restored", count: 2 });
  metrics.onEvent({ type: "engine_error", error: null, count: 3 });
  metrics.onEvent({ type: "rate_limited", delayMs: 1500 });
  const text = await metrics.text();
  const kinds = [...text.matchAll(/^# TYPE sync_log_watcher_(\w+) (\w+)$/gmu)];
  expect(kinds.map(([, name, kind]) => `${name} ${kind}`)).toEqual([
    "watches gauge",
    "paused gauge",
    "engine_up gauge",
    "warning gauge",
    "oldest_due_poll_seconds gauge",
    "last_fetch_timestamp_seconds gauge",
    "last_write_timestamp_seconds gauge",
    "engine_errors_total counter",
    "unreadable_total counter",
    "polls_total counter",
    "poll_seconds histogram",
    "lists_total counter",
    "terminal_to_outcome_seconds histogram",
    "deliveries_total counter",
    "rate_limit_waits_total counter",
    "rate_limit_wait_seconds_total counter",
    "recovered_total counter",
    "restored_total counter",
  ]);
  const samples = text.split("\n").map((line) => line.replace("sync_log_watcher_", ""));
  expect(samples).toEqual(
    expect.arrayContaining([
      'watches{stage="parked"} 2',
      'watches{stage="waiting"} 0',
      "paused 0",
      "engine_up 1",
      "oldest_due_poll_seconds 1.5",
      "last_fetch_timestamp_seconds 2.5",
      "engine_errors_total 3",
      'polls_total{result="log"} 1',
      "poll_seconds_sum 0.02",
      'lists_total{result="log"} 1',
      "rate_limit_wait_seconds_total 1.5",
      'recovered_total{what="poll"} 1',
      "restored_total 2",
    ]),
  );
});

test("while Redis is away there are all metrics but those of the watches", async () => {
  const trouble = { message: "Redis is away.", sinceMs: 0 };
  const metrics = createWatcherMetrics(away, () => ({ ...health, trouble }));
  const text = await metrics.text();
  expect(text).toContain("sync_log_watcher_engine_up 0");
  expect(text).toContain("sync_log_watcher_last_fetch_timestamp_seconds 2.5");
  expect(text).not.toMatch(/^sync_log_watcher_(?:watches|oldest_due_poll_seconds)\b/mu);
});
