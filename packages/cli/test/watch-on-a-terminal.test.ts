import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasTerminal, runOnTerminal } from "./support/terminal.ts";

let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(() => mock.close());
beforeEach(() => mock.reset());

const fast = ["--interval", "40ms"];

/** Moves on with each answer, so that a busy machine misses nothing. */
function running(totalRecords = 1800) {
  return mock.sync().follow("completed", { totalRecords, progressSteps: 8 });
}

describe.skipIf(!hasTerminal)("watch on a terminal", () => {
  test("draws a bar, the records and the statuses so far, and a plot at the end", async () => {
    const sync = mock.sync().follow("completed", { totalRecords: 1800, advance: "manual" });
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast]);
    await run.shows(/pending +·+/u);
    sync.advance();
    await run.shows(/pending \d+ s → preparing/u);
    sync.advance().advance().advance();
    await run.shows(/ingesting +█+.*░.* \d+ % +[\d,]+\/1,800/u);
    await run.shows(/pending \d+ s → preparing \d+ s → ingesting/u);
    while (sync.status !== "completed") sync.advance();
    expect(await run.ended()).toBe(0);
    expect(run.text()).toMatch(/completed +█+ +100 % +1,800\/1,800/u);
    // The plot's axis, its line, and the line for people below it.
    expect(run.text()).toMatch(/1,800┤ *┏|1,800┤.*━/u);
    expect(run.lines().at(-1)).toMatch(/completed, 1,800 records$/u);
  });

  test("redraws in place and leaves one picture", async () => {
    const sync = running();
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast]);
    await run.ended();
    expect(run.lines().filter((line) => line.includes("█"))).toHaveLength(1);
    expect(run.lines().filter((line) => line.startsWith(sync.id))).toHaveLength(2);
    // The cursor is shown again.
    expect(run.raw.lastIndexOf("\u001b[?25h")).toBeGreaterThan(run.raw.lastIndexOf("\u001b[?25l"));
  });

  test("fits into 40 columns", async () => {
    const sync = mock.sync().follow("completed", { totalRecords: 1800, advance: "manual" });
    sync.advance(4);
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast], {
      columns: 40,
    });
    await run.shows(/^ {2}ingesting .*%.*$/mu);
    expect(run.hasWrappedLines()).toBe(false);
    expect(run.lines()[0]).toMatch(/^sync_[0-9a-f]+.*….*[0-9a-f]+ +\d+ s$/u);
    while (sync.status !== "completed") sync.advance();
    expect(await run.ended()).toBe(0);
    expect(Math.max(...run.lines().map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(run.hasWrappedLines()).toBe(false);
  });

  test("follows a resize", async () => {
    const sync = mock.sync().at("ingesting");
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id], { columns: 100 });
    await run.shows(/ingesting +█/u);
    run.resize(44, 20);
    await run.shows(/^sync_[0-9a-f]+.*….* \d+ s$/mu);
    await run.shows(/^ {2}ingesting {5}\S{8,24} {2}25 %/mu);
    // Nothing is left of the wider picture.
    expect(run.lines()).toHaveLength(3);
    run.resize(100, 24);
    await run.shows(new RegExp(`^${sync.id}  `, "mu"));
    expect(run.lines()).toHaveLength(3);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
  });

  test("shows several logs at once", async () => {
    const first = running(100);
    const second = mock.sync().at("failed");
    const run = runOnTerminal(
      mock.url,
      ["watch", first.workspaceId, first.id, second.id, ...fast],
      { columns: 160 },
    );
    await run.shows(new RegExp(`${first.id}[^]*${second.id}`, "u"));
    expect(await run.ended()).toBe(10);
    // Each log keeps its three lines, whatever the one above it did.
    const picture = run.lines().slice(0, 6);
    expect(picture[0]).toContain(first.id);
    expect(picture[1]).toMatch(/^ {2}completed .*100 %/u);
    expect(picture[3]).toContain(second.id);
    expect(picture[4]).toMatch(/^ {2}failed .*25 %/u);
    expect(run.text()).toMatch(/failed, 450 records: This website is not supported/u);
  });

  test("stops at once on Ctrl-C, says where it stood and how to go on", async () => {
    const sync = mock.sync().at("ingesting");
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id], { columns: 160 });
    await run.shows(/ingesting +█/u);
    const before = mock.requests.length;
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.text()).toMatch(/: ingesting, 450\/1,800 records, after \d+ s\./u);
    expect(run.text()).toContain(`To continue: sync-log watch ${sync.workspaceId} ${sync.id}`);
    expect(mock.requests.length).toBe(before);
    expect(run.raw.endsWith("\u001b[?25h") || run.raw.includes("\u001b[?25h")).toBe(true);
  });

  test("tells of trouble that passes above the picture", async () => {
    const sync = mock.sync().at("ingesting");
    sync.fault({ kind: "status", status: 503 }, { times: 2 });
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast], {
      columns: 240,
    });
    await run.shows(/ingesting +█/u);
    const lines = run.lines();
    expect(lines[0]).toMatch(/^sync-log: .*503/u);
    expect(lines[1]).toContain(sync.id);
    expect(lines).toHaveLength(4);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
  });

  test("has colors, and none with NO_COLOR or --no-color", async () => {
    const sync = mock.sync().at("completed");
    const args = ["watch", sync.workspaceId, sync.id];
    const plain = { env: { NO_COLOR: "1" } };
    const runs = [
      runOnTerminal(mock.url, args),
      runOnTerminal(mock.url, args, plain),
      runOnTerminal(mock.url, [...args, "--no-color"]),
    ];
    await Promise.all(runs.map((run) => run.ended()));
    const green = "\u001b[32m";
    expect(runs.map((run) => run.raw.includes(green))).toEqual([true, false, false]);
    expect(runs[1]?.text()).toMatch(/completed +█+ +100 %/u);
  });

  test("prints plain lines where CI is set", async () => {
    const sync = mock.sync().at("completed");
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id], {
      env: { CI: "true" },
    });
    expect(await run.ended()).toBe(0);
    expect(run.raw).not.toContain("\u001b");
    expect(run.lines().join("")).toBe(`${sync.id} completed 1,800/1,800 100 %`);
  });
});
