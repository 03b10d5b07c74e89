import { describe, expect, test } from "vitest";
import { mockOfFile } from "./support/mock-of-file.ts";
import { cliEnv, mainFile } from "./support/run-cli.ts";
import { hasTerminal, runOnTerminal, runShellOnTerminal } from "./support/terminal.ts";

const mock = await mockOfFile();

const fast = ["--interval", "40ms"];
const [hideCursor, showCursor] = ["\u001b[?25l", "\u001b[?25h"];

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
    // The plot's axis and its line, below the id.
    expect(run.text()).toMatch(/1,800┤ *┏|1,800┤.*━/u);
    expect(run.text()).toContain(`Records of ${sync.id}`);
  });

  test("redraws in place and leaves one picture", async () => {
    const sync = running();
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast]);
    await run.ended();
    expect(run.lines().filter((line) => line.includes("█"))).toHaveLength(1);
    expect(run.lines().filter((line) => line.startsWith(sync.id))).toHaveLength(1);
    // The cursor is shown again.
    expect(run.raw.lastIndexOf(showCursor)).toBeGreaterThan(run.raw.lastIndexOf(hideCursor));
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
    await run.shows(/^ {2}ingesting {7}\S{8,24} {2}25 %/mu);
    // Nothing is left of the wider picture.
    expect(run.lines()).toHaveLength(3);
    run.resize(100, 24);
    await run.shows(new RegExp(`^${sync.id}  `, "mu"));
    expect(run.lines()).toHaveLength(3);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.lines().filter((line) => line.includes("█"))).toHaveLength(1);
  });

  test("shows several logs at once", async () => {
    const first = running(100);
    const second = mock.sync().at("failed");
    const run = runOnTerminal(
      mock.url,
      ["watch", first.workspaceId, first.id, second.id, ...fast],
      { columns: 160 },
    );
    // That one has ended is told while the other runs.
    await run.shows(
      new RegExp(`${first.id}[^]*^failed +${second.id}  This website.*450/1,800`, "mu"),
    );
    expect(await run.ended()).toBe(10);
    const picture = run.lines();
    expect(picture[0]).toMatch(new RegExp(`^completed +${first.id}  100 records`, "u"));
    expect(picture[1]).toMatch(
      new RegExp(`^failed +${second.id}  This website is not supported`, "u"),
    );
    expect(picture[2]).toMatch(/^2 syncs: 1 failed, 1 completed {2}/u);
  });

  test("tells at once of a log that is not there, and why at the end", async () => {
    const sync = mock.sync().at("ingesting");
    const absent = "sync_00000000-0000-4000-8000-000000000000";
    const args = ["watch", sync.workspaceId, sync.id, absent, "--fail-fast"];
    const run = runOnTerminal(mock.url, args.slice(0, -1), { columns: 240 });
    await run.shows(new RegExp(`^not found +${absent}`, "mu"));
    await run.shows(/^2 syncs: 1 running, 1 not found/mu);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.text()).toMatch(new RegExp(`^sync-log: ${absent}: .*404`, "mu"));
    const stopped = runOnTerminal(mock.url, args, { columns: 240 });
    expect(await stopped.ended()).toBe(4);
    expect(stopped.text()).toContain(
      `To continue: sync-log watch ${sync.workspaceId} ${sync.id} --fail-fast`,
    );
  });

  test("stops at once on Ctrl-C, leaves where it stood, and says how to go on", async () => {
    const sync = mock.sync().at("ingesting");
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id], { columns: 160 });
    await run.shows(/ingesting +█/u);
    const before = mock.requests.length;
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.text()).toMatch(/^ {2}ingesting +█+.*25 % +450\/1,800/mu);
    expect(run.text()).toContain(`To continue: sync-log watch ${sync.workspaceId} ${sync.id}`);
    expect(mock.requests.length).toBe(before);
    expect(run.raw.lastIndexOf(showCursor)).toBeGreaterThan(run.raw.lastIndexOf(hideCursor));
  });

  test("tells of trouble that passes below the picture, and keeps that", async () => {
    const sync = mock.sync().at("ingesting");
    sync.fault({ kind: "status", status: 503 }, { times: 2 });
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id, ...fast], {
      columns: 240,
    });
    await run.shows(/ingesting +█/u);
    const lines = run.lines();
    expect(lines[0]).toContain(sync.id);
    expect(lines[3]).toMatch(/^sync-log: .*503/u);
    expect(lines).toHaveLength(4);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.lines().filter((line) => /^sync-log: .*503/u.test(line))).toHaveLength(1);
  });

  test("Ctrl-Z gives the terminal back, and fg the picture", async () => {
    const sync = mock.sync().at("ingesting");
    const command = [process.execPath, mainFile, "watch", sync.workspaceId, sync.id].join(" ");
    const env = { ...cliEnv(mock.url), TERM: "xterm-256color", PS1: "ready> " };
    const run = runShellOnTerminal("sh", ["-i"], env);
    await run.shows(/^ready>/mu);
    run.type(`${command}\r`);
    await run.shows(/ingesting +█/u);
    run.type("\u001a");
    await run.shows(/^ready>[^]*ready>/mu);
    expect(run.text()).not.toMatch(/ingesting +█/u);
    expect(run.raw.lastIndexOf(showCursor)).toBeGreaterThan(run.raw.lastIndexOf(hideCursor));
    // The shell alone hears of it.
    run.resize(44, 20);
    run.type("fg\r");
    await run.shows(/^sync_[0-9a-f]+.*….* \d+ s$/mu);
    run.type("\u0003");
    await run.shows(/To continue/u);
    expect(run.raw.lastIndexOf(showCursor)).toBeGreaterThan(run.raw.lastIndexOf(hideCursor));
    await run.kill();
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

  test("prints plain lines with their time where CI is set", async () => {
    const sync = mock.sync().at("completed");
    const run = runOnTerminal(mock.url, ["watch", sync.workspaceId, sync.id], {
      env: { CI: "true" },
    });
    expect(await run.ended()).toBe(0);
    expect(run.raw).not.toContain("\u001b");
    const [time = "", ...words] = run.lines().join("").split(" ");
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
    expect(words.join(" ")).toBe(`${sync.id} completed 1,800/1,800 100 %`);
  });
});
