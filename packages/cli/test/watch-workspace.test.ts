import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { emptyWorkspace as workspaceId, mockOfWorkspaces } from "./support/mock-of-file.ts";
import { cliEnv, linesOf, mainFile, runCli } from "./support/run-cli.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { hasTerminal, runOnTerminal } from "./support/terminal.ts";

const mock = await mockOfWorkspaces();

const args = ["list", workspaceId, "--watch"];

describe.skipIf(!hasTerminal)("list --watch on a terminal", () => {
  test("shows those that run first, new ones, and how they end, until Ctrl-C", async () => {
    const run = runOnTerminal(mock.url, args, { columns: 120 });
    await run.shows(/^0 syncs/mu);
    const first = mock.sync({ workspaceId }).at("ingesting");
    await run.shows(new RegExp(`^ingesting +${first.id}  █.*25 %`, "mu"));
    const second = mock.sync({ workspaceId }).at("pending");
    await run.shows(new RegExp(`^pending +${second.id}[^]*^2 syncs: 2 running`, "mu"));
    second.at("failed");
    await run.shows(
      new RegExp(`^ingesting[^]*^failed +${second.id} +This website[^]*1 running, 1 failed`, "mu"),
    );
    run.resize(60, 10);
    await run.shows(/^failed +sync_\S+…\S+ +This website/mu);
    expect(run.lines()).toHaveLength(3);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.lines()).toHaveLength(3);
    expect(run.raw).toContain("\u001b[?1049l");
  });

  test("of hundreds shows as many as fit, and counts the others, also at the end", async () => {
    for (let count = 0; count < 300; count += 1) {
      mock.sync({ workspaceId }).at(count % 3 === 0 ? "ingesting" : "completed");
    }
    const run = runOnTerminal(mock.url, args);
    await run.shows(/^… and 85 more running, 193 more ended$/mu);
    expect(run.lines()).toHaveLength(24);
    expect(run.lines().at(-1)).toMatch(/^300 syncs: 100 running, 200 completed {2}\d+ s$/u);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.lines().filter((line) => / sync_/u.test(line)).length).toBeLessThan(24);
  });

  test("tells of trouble that passes once, each time that there is some", async () => {
    mock.sync({ workspaceId }).at("ingesting");
    const run = runOnTerminal(mock.url, [...args, "--interval", "100ms"], { columns: 200 });
    await run.shows(/^1 sync: 1 running/mu);
    mock.fault({ kind: "status", status: 503 }, { times: 3 });
    await run.shows(/^sync-log: .*503[^]*^1 sync: 1 running/mu);
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
    expect(run.lines().filter((line) => line.startsWith("sync-log: "))).toHaveLength(1);
  });

  test("shows what is asked for, and keeps it when it is something else", async () => {
    const sync = mock.sync({ workspaceId }).at("ingesting");
    mock.sync({ workspaceId }).at("completed");
    const run = runOnTerminal(mock.url, [...args, "--status", "running"], { columns: 120 });
    await run.shows(/^1 sync: 1 running/mu);
    sync.at("completed");
    await run.shows(new RegExp(`^completed +${sync.id}[^]*^1 sync: 1 completed`, "mu"));
    run.type("\u0003");
    expect(await run.ended()).toBe(130);
  });
});

test("in a pipe, each change is a line", async () => {
  const sync = mock.sync({ workspaceId }).at("ingesting");
  const child = spawn(process.execPath, [mainFile, ...args, "--json"], { env: cliEnv(mock.url) });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (linesOf(stdout).length === 1) sync.at("completed");
    else child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  const statuses = linesOf(stdout).map((line) => JSON.parse(line).status);
  expect({ code, statuses }).toEqual({ code: 130, statuses: ["ingesting", "completed"] });
});

test("what the service refuses ends it", async () => {
  const foreign = "ws_00000000-0000-4000-8000-000000000000";
  expect(await runCli(mock.url, ["list", foreign, "--watch"])).toMatchObject({
    code: 4,
    stdout: "",
  });
});

test("it has no end to which --limit could apply", async () => {
  const run = await runInProcess([...args, "--limit", "3"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("cannot be used with");
});
