import type { SyncLog } from "@qontext/sync-log-schema";
import { syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import { expect, test } from "vitest";
import { listTable } from "../src/display/list-table.ts";
import { plainText, styleOfStatus } from "../src/text/styled-line.ts";
import { widthOf } from "../src/text/terminal-text.ts";

const nowMs = Date.parse("2021-01-01T12:00:00Z");
const id = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";

function log(fields: Readonly<Record<string, unknown>> = {}): SyncLog {
  const whole = {
    id,
    workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
    type: "incremental_sync",
    status: "ingesting",
    totalRecordsToIngest: 1800,
    recordsIngested: 450,
    createdAt: "2021-01-01T10:00:00Z",
    startedAt: "2021-01-01T10:30:00Z",
    updatedAt: "2021-01-01T11:00:00Z",
    ...fields,
  };
  // A service may send anything.
  return whole as unknown as SyncLog;
}

function draw(logs: readonly SyncLog[], columns: number, limit?: number): readonly string[] {
  return listTable({ logs, limit, nowMs }, columns).map(plainText);
}

const failed = log({
  status: "failed",
  completedAt: "2021-01-01T10:30:24Z",
  userFacingErrorMessage: "このウェブサイトはサポートされていません。".repeat(5),
});
const odd = log({
  id: 7,
  type: { a: 1 },
  status: "archived\u001b[2J\nnow and for a long time",
  totalRecordsToIngest: "many",
  recordsIngested: null,
  createdAt: "yesterday",
  startedAt: null,
});
const large = log({ totalRecordsToIngest: 98_765_432, recordsIngested: 12_345_678 });
const logs = [log(), failed, odd, large, log({ createdAt: "1970-01-01T00:00:00Z" })];

test("no line is longer than the terminal, and the columns stand below their titles", () => {
  for (let columns = 10; columns <= 200; columns += 1) {
    const lines = draw(logs, columns);
    for (const line of lines)
      expect(widthOf(line), `${columns}: ${line}`).toBeLessThanOrEqual(columns);
  }
});

test.each([
  [40, ["STATUS", "ID", "AGE"]],
  [60, ["STATUS", "ID", "AGE"]],
  [80, ["STATUS", "ID", "RECORDS", "AGE"]],
  [100, ["STATUS", "ID", "RECORDS", "AGE", "TOOK"]],
  [120, ["STATUS", "ID", "RECORDS", "AGE", "TOOK", "ERROR"]],
  [160, ["STATUS", "ID", "TYPE", "RECORDS", "AGE", "TOOK", "ERROR"]],
])("%i columns have room for %j, whatever the logs hold", (columns, titles) => {
  for (const shown of [logs, [log()], [failed, large]]) {
    const lines = draw(shown, columns);
    expect(lines[0]?.trim().split(/\s+/u)).toEqual(titles);
  }
});

test("from 60 columns on, an id can be copied", () => {
  for (const columns of [60, 61, 80, 100, 120, 160]) {
    expect(draw(logs, columns)[1]).toContain(` ${id} `);
  }
});

test("a wider terminal never shows less", () => {
  let before: readonly string[] = [];
  for (let columns = 40; columns <= 200; columns += 1) {
    const titles = draw(logs, columns)[0]?.trim().split(/\s+/u) ?? [];
    expect(titles).toEqual(expect.arrayContaining([...before]));
    before = titles;
  }
});

test("a line has all that is known: a bar, the age, and how long it took or takes", () => {
  const [, running, ended, strange, big] = draw(logs, 160);
  expect(running).toMatch(
    /^ingesting +sync_\S+ +incremental_sync +██▌░░░░░░░ 450\/1,800 +2h +1 h 30 m/u,
  );
  expect(ended).toMatch(/^failed .* 2h +24 s {2}このウェブ.*…$/u);
  expect(strange).toMatch(/^archived now… +7 +\{"a":1\} +$/u);
  expect(big).toContain("█▏░░░░░░░░ 12.3M/98.8M");
});

test("below the width of a column for errors, a line of its own says why a sync failed", () => {
  const kind = { userFacingErrorMessage: "This website is not supported." };
  const [, , why] = draw([{ ...failed, ...kind }, log()], 80);
  expect(why).toBe("  incremental_sync, 24 s: This website is not supported.");
  expect(draw([{ ...failed, ...kind }], 100)[2]).toBe(
    "  incremental_sync: This website is not supported.",
  );
  expect(draw([{ ...failed, ...kind }], 120)).toHaveLength(3);
});

test("an id of any length leaves the others their columns", () => {
  const wide = log({ id: `sync_${"a".repeat(300)}` });
  for (const columns of [60, 80, 120, 160]) {
    const [titles, first] = draw([log(), wide], columns);
    expect([titles, first]).toEqual(draw([log()], columns).slice(0, 2));
    expect(draw([log(), wide], columns).at(-1)).toBe("Whole ids: --field id");
  }
});

test("a line that is cut says so, wherever it is", () => {
  const ended = syncLogStatusValues.map((status) => log({ status }));
  const whole = draw(ended, 200).at(-1) ?? "";
  for (let columns = 10; columns < whole.length; columns += 1) {
    expect(draw(ended, columns)).toContain(`${whole.slice(0, columns - 1)}…`);
  }
});

test("what is not shown is counted, and a line sums up all", () => {
  const lines = draw(logs, 120, 2);
  expect(lines).toHaveLength(5);
  expect(lines[3]).toBe("… and 3 more");
  expect(lines[4]).toBe("5 syncs: 4 running, 1 failed");
});

test("where ids are shortened, the last line says how to get them whole", () => {
  expect(draw(logs, 40).at(-1)).toBe("Whole ids: --field id");
  expect(draw(logs, 60).at(-1)).toBe("5 syncs: 4 running, 1 failed");
});

test("each status has its place and the color of its outcome", () => {
  const all = syncLogStatusValues.map((status) => log({ status, type: syncLogTypeValues[0] }));
  const lines = listTable({ logs: all, nowMs }, 100).slice(1, -1);
  for (const [index, line] of lines.entries()) {
    const status = all[index]?.status ?? "";
    expect(line[0]).toEqual({ style: styleOfStatus(status), text: status.padEnd(13) });
  }
});
