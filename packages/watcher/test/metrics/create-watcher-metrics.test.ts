import { expect, test } from "vitest";
import { createWatcherMetrics } from "../../src/metrics/create-watcher-metrics.ts";
import { countStages } from "../../src/watch/watch-status.ts";

const overview = () => Promise.resolve({ counts: countStages([["parked", 2]]), paused: null });

test("the metrics have these names, kinds and labels", async () => {
  const metrics = createWatcherMetrics(overview);
  metrics.onEvent({ type: "polled", workspaceId: "w", id: "s", result: "log", durationMs: 20 });
  metrics.onEvent({ type: "recovered", what: "poll" });
  metrics.onEvent({ type: "rate_limited", delayMs: 1500 });
  const text = await metrics.text();
  const kinds = [...text.matchAll(/^# TYPE sync_log_watcher_(\w+) (\w+)$/gmu)];
  expect(kinds.map(([, name, kind]) => `${name} ${kind}`)).toEqual([
    "watches gauge",
    "paused gauge",
    "polls_total counter",
    "poll_seconds histogram",
    "terminal_to_outcome_seconds histogram",
    "deliveries_total counter",
    "rate_limit_waits_total counter",
    "rate_limit_wait_seconds_total counter",
    "recovered_total counter",
  ]);
  const samples = text.split("\n").map((line) => line.replace("sync_log_watcher_", ""));
  expect(samples).toEqual(
    expect.arrayContaining([
      'watches{stage="parked"} 2',
      'watches{stage="waiting"} 0',
      "paused 0",
      'polls_total{result="log"} 1',
      "poll_seconds_sum 0.02",
      "rate_limit_wait_seconds_total 1.5",
      'recovered_total{what="poll"} 1',
    ]),
  );
});
