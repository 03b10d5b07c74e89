import type { SyncLogUpdate } from "@qontext/sync-log-client";
import { describe, expect, test } from "vitest";
import { recordsPlot } from "../src/display/records-plot.ts";
import { watchPicture } from "../src/display/watch-picture.ts";
import { advanceWatchedLog, endWatchedLog, newWatchedLog } from "../src/display/watched-log.ts";
import type { WatchedLog } from "../src/display/watched-log.ts";
import { plainText } from "../src/text/styled-line.ts";
import { progressBar, widthOf } from "../src/text/terminal-text.ts";

const id = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";

function update(fields: Partial<SyncLogUpdate> & { readonly status: string }): SyncLogUpdate {
  const { status, syncLog, ...rest } = fields;
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
      ...syncLog,
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

const wide = "このウェブサイトはサポートされていません。".repeat(5);
const ended = update({ status: "completed", percent: 100, isTerminal: true });
const failed = update({ status: "failed", isTerminal: true });
failed.syncLog.userFacingErrorMessage = wide;
const notFound = Object.assign(new Error("GET /x answered 404."), { code: "not_found" });

const logs: Readonly<Record<string, WatchedLog>> = {
  "before the first answer": newWatchedLog(id),
  "in full flight": watched(update({ status: "pending" }), update({ status: "ingesting" })),
  "with nothing known": watched(
    update({ status: "preparing", percent: null, ratePerSecond: null, etaMs: null }),
  ),
  "with a long and strange status": watched(update({ status: `strange${"x".repeat(300)}` })),
  "with a wide status": watched(update({ status: wide })),
  stalled: watched(update({ status: "ingesting", isStalled: true })),
  "that has completed": endWatchedLog(watched(ended), { exitCode: 0, error: null }, 0),
  "that has failed": endWatchedLog(watched(failed), { exitCode: 10, error: null }, 0),
  "that was not found": endWatchedLog(newWatchedLog(id), { exitCode: 4, error: notFound }, 0),
  "with an id of its own": { ...newWatchedLog(id), id: "x" },
};

function draw(shown: readonly WatchedLog[], columns = 80, rows = 24, nowMs = 0): readonly string[] {
  return watchPicture({ logs: shown, nowMs, notes: [] }, { columns, rows }).map(plainText);
}

test.each(Object.entries(logs))("no line is longer than the terminal %s", (_, log) => {
  for (let columns = 10; columns <= 200; columns += columns < 60 ? 1 : 9) {
    for (const shown of [[log], [log, log]]) {
      const lines = draw(shown, columns);
      const longest = Math.max(...lines.map(widthOf));
      expect(longest, `${columns} columns:\n${lines.join("\n")}`).toBeLessThanOrEqual(columns);
    }
  }
});

/** The first three of each five run; the fourth has completed, the fifth has failed, the one that ended last first. */
function manyLogs(count: number): readonly WatchedLog[] {
  return Array.from({ length: count }, (_, index): WatchedLog => {
    const own = {
      ...newWatchedLog(id),
      id: `sync_${String(index).padStart(8, "0")}${id.slice(13)}`,
    };
    const at = index % 5;
    if (at < 3) return advanceWatchedLog(own, update({ status: "ingesting" }), 0);
    const last = advanceWatchedLog(own, at === 3 ? ended : failed, 0);
    return endWatchedLog(last, { exitCode: at === 3 ? 0 : 10, error: null }, index);
  });
}

describe.each([
  [80, 24],
  [120, 40],
  [40, 12],
])("at %i×%i", (columns, rows) => {
  test.each([2, 10, 50, 200])("%i logs have a line each, those that run first", (count) => {
    const many = manyLogs(count);
    const lines = draw(many, columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    const isRunning = lines.map((line) => line.startsWith("ingesting "));
    const shownRunning = isRunning.filter(Boolean).length;
    expect(isRunning.lastIndexOf(true)).toBe(shownRunning - 1);
    const running = many.filter(({ ending }) => ending === null).length;
    const rest = count - running;
    const shownEnded = lines.filter((line) => /^(?:completed|failed) /u.test(line)).length;
    // What has ended is seen, whatever else runs.
    expect(shownEnded).toBeGreaterThanOrEqual(Math.min(rest, Math.floor((rows - 2) / 3)));
    const parts = [
      [running - shownRunning, "running"] as const,
      [rest - shownEnded, "ended"] as const,
    ].flatMap(([hidden, kind]) => (hidden > 0 ? [`${hidden} more ${kind}`] : []));
    const cut = parts.length === 0 ? [] : [`… and ${parts.join(", ")}`];
    expect(lines).toHaveLength(cut.length === 0 ? count + 1 : rows);
    expect(lines.at(-1)).toMatch(new RegExp(`^${count} syncs: ${running} running`, "u"));
    expect(lines.slice(shownRunning + shownEnded, -1)).toEqual(cut);
  });

  test("the last picture is whole", () => {
    const lines = draw(manyLogs(200), columns, Infinity);
    expect(lines).toHaveLength(201);
    expect(lines.filter((line) => line.includes(wide))).toHaveLength(40);
    expect(lines.at(-1)).toBe("200 syncs: 120 running, 40 failed, 40 completed  10 s");
  });
});

test("what has ended last stands first among what has ended", () => {
  const lines = draw(manyLogs(200)).filter((line) => /^(?:completed|failed) /u.test(line));
  expect(lines[0]).toContain("sync_00000199");
  expect(lines[1]).toContain("sync_00000198");
});

test("a log that is not found says so in its line and in the summary", () => {
  const lines = draw([
    watched(update({ status: "ingesting" })),
    logs["that was not found"] ?? newWatchedLog(id),
  ]);
  expect(lines[1]).toMatch(/^not found {5}sync_/u);
  expect(lines[2]).toBe("2 syncs: 1 running, 1 not found  10 s");
});

test("one log takes as many lines before its first answer as after it", () => {
  const running = Object.values(logs).filter(({ ending }) => ending === null);
  expect(new Set(running.map((log) => draw([log]).length))).toEqual(new Set([3]));
});

test("the time left counts down between updates, and the clock continues until the end", () => {
  const log = watched(update({ status: "ingesting", etaMs: 60_000, elapsedMs: 10_000 }));
  const lines = draw([log], 120, 24, 15_000);
  expect(lines.join("\n")).toContain("45 s left");
  expect(lines[0]).toMatch(/25 s$/u);
  const over = endWatchedLog(log, { exitCode: 12, error: new Error("over") }, 15_000);
  expect(draw([over], 120, 24, 99_000)[0]).toMatch(/25 s$/u);
});

test("a sync that has not ended is never at 100 %", () => {
  const log = watched(update({ status: "ingesting", percent: 100 }));
  expect(draw([log]).join("\n")).toContain(" 99 %");
});

test("an escape sequence in a status takes no line and no width", () => {
  const log = watched(update({ status: "in\u001b[2Jgesting\n" }));
  expect(draw([log])).toHaveLength(3);
  expect(draw([log])[1]).toMatch(/^ {2}ingesting {5,}/u);
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

test("the plot is as wide as it may be and no wider, has the id, and is absent where there is nothing to see", () => {
  const points = Array.from({ length: 500 }, (_, index) => ({
    elapsedMs: index * 1000,
    recordsIngested: index * index,
  }));
  for (const columns of [30, 40, 80, 200]) {
    const lines = recordsPlot({ id, points }, columns).map(plainText);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join("\n")).toContain("249,001");
    expect(lines[0]).toMatch(/^Records of sync_4.*7f9ad$/u);
  }
  expect(recordsPlot({ id, points }, 20)).toEqual([]);
  expect(recordsPlot({ id, points: points.slice(0, 1) }, 80)).toEqual([]);
  expect(recordsPlot({ id, points: [] }, 80)).toEqual([]);
});

test("a watch of days keeps no more points than a plot can show", () => {
  let log = newWatchedLog(id);
  for (let at = 0; at < 5000; at += 1) {
    const one = update({ status: "ingesting", elapsedMs: at * 1000 });
    one.syncLog.recordsIngested = at;
    log = advanceWatchedLog(log, one, 0);
  }
  expect(log.points.length).toBeLessThanOrEqual(400);
  expect(log.points[0]?.recordsIngested).toBe(0);
  expect(log.points.at(-1)?.recordsIngested).toBe(4999);
});
