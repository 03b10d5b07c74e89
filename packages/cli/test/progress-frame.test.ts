import type { SyncLogUpdate } from "@qontext/sync-log-client";
import { expect, test } from "vitest";
import { progressFrame } from "../src/display/progress-frame.ts";
import { advanceWatchedLog, newWatchedLog } from "../src/display/watched-log.ts";
import type { WatchedLog } from "../src/display/watched-log.ts";
import { recordsPlot } from "../src/display/records-plot.ts";
import { createColors } from "../src/text/colors.ts";
import { progressBar } from "../src/text/terminal-text.ts";

const id = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";
const colors = createColors(false);

function update(fields: Partial<SyncLogUpdate> & { readonly status: string }): SyncLogUpdate {
  const { status, ...rest } = fields;
  return {
    syncLog: {
      id,
      workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
      ingestionPipelineId: "pipe_123e4567-e89b-12d3-a456-426614174000",
      knowledgeGraphId: "kg_123e4567-e89b-12d3-a456-426614174000",
      type: "full_sync",
      status,
      recordsIngested: 12_345_678,
      totalRecordsToIngest: 98_765_432,
      createdAt: "2021-01-01T00:00:00Z",
      updatedAt: "2021-01-01T00:00:00Z",
    },
    percent: 12.5,
    ratePerSecond: 1234.5,
    etaMs: 70_000_000,
    elapsedMs: 10_000,
    polls: 3,
    isTerminal: false,
    isStalled: false,
    correlationId: null,
    ...rest,
  };
}

function watched(...updates: readonly SyncLogUpdate[]): WatchedLog {
  return updates.reduce((log, one) => advanceWatchedLog(log, one, 0), newWatchedLog(id));
}

const logs: Readonly<Record<string, WatchedLog>> = {
  "before the first answer": newWatchedLog(id),
  "in full flight": watched(update({ status: "pending" }), update({ status: "ingesting" })),
  "with nothing known": watched(
    update({ status: "preparing", percent: null, ratePerSecond: null, etaMs: null }),
  ),
  "with a long and strange status": watched(update({ status: `strange${"x".repeat(300)}` })),
  stalled: watched(update({ status: "ingesting", isStalled: true })),
};

test.each(Object.entries(logs))("no line is longer than the terminal %s", (_, log) => {
  for (let columns = 10; columns <= 200; columns += 1) {
    const frame = progressFrame([log, log], { columns, rows: 24, nowMs: 0, colors });
    const longest = Math.max(...frame.split("\n").map((line) => line.length));
    expect(longest, `${columns} columns:\n${frame}`).toBeLessThanOrEqual(columns);
  }
});

test("a picture is no higher than the terminal, and says what it leaves out", () => {
  const many = Array.from({ length: 40 }, () => watched(update({ status: "ingesting" })));
  for (const rows of [5, 10, 24]) {
    const lines = progressFrame(many, { columns: 80, rows, nowMs: 0, colors }).split("\n");
    expect(lines.length).toBeLessThan(rows);
    expect(lines.at(-1)).toMatch(/^… and \d+ more$/u);
  }
});

test("a log takes as many lines before its first answer as after it", () => {
  const options = { columns: 80, rows: 24, nowMs: 0, colors };
  const heights = Object.values(logs).map(
    (log) => progressFrame([log], options).split("\n").length,
  );
  expect(new Set(heights)).toEqual(new Set([3]));
});

test("the time left counts down between updates, and the clock continues", () => {
  const log = watched(update({ status: "ingesting", etaMs: 60_000, elapsedMs: 10_000 }));
  const frame = progressFrame([log], { columns: 120, rows: 24, nowMs: 15_000, colors });
  expect(frame).toContain("45 s left");
  expect(frame.split("\n")[0]).toMatch(/25 s$/u);
});

test("a sync that has not ended is never at 100 %", () => {
  const log = watched(update({ status: "ingesting", percent: 100 }));
  expect(progressFrame([log], { columns: 80, rows: 24, nowMs: 0, colors })).toContain(" 99 %");
});

test("an escape sequence in a status does not reach the terminal", () => {
  const log = watched(update({ status: "in\u001b[2Jgesting\n" }));
  const frame = progressFrame([log], { columns: 80, rows: 24, nowMs: 0, colors });
  expect(frame).not.toContain("\u001b");
  expect(frame.split("\n")).toHaveLength(3);
});

test.each([
  [0, "░░░░"],
  [50, "██░░"],
  [53.2, "██▏░"],
  [100, "████"],
  [250, "████"],
  [-1, "░░░░"],
  [null, "····"],
])("the bar for %s is %s", (percent, bar) => {
  expect(progressBar(percent, 4)).toBe(bar);
});

test("the plot is as wide as it may be and no wider, and absent where there is nothing to see", () => {
  const points = Array.from({ length: 500 }, (_, index) => ({
    elapsedMs: index * 1000,
    recordsIngested: index * index,
  }));
  for (const columns of [30, 40, 80, 200]) {
    const plot = recordsPlot(points, columns) ?? "";
    expect(Math.max(...plot.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(plot).toContain("249,001");
  }
  expect(recordsPlot(points, 20)).toBeNull();
  expect(recordsPlot(points.slice(0, 1), 80)).toBeNull();
  expect(recordsPlot([], 80)).toBeNull();
});
