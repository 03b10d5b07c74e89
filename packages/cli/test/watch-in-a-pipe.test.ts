import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { startMockServer } from "@qontext/sync-log-mock";
import { expect, test } from "vitest";
import { mockOfFile } from "./support/mock-of-file.ts";
import { cliEnv, linesOf, mainFile, runCli, testKey } from "./support/run-cli.ts";

const mock = await mockOfFile();

const fast = ["--interval", "20ms"];

test("prints a plain line for each change, and nothing but data on standard output", async () => {
  const sync = mock.sync().follow("completed", { totalRecords: 1800 });
  const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id, ...fast]);
  const lines = linesOf(run.stdout);
  expect(lines[0]).toBe(`${sync.id} pending`);
  expect(lines.at(-1)).toBe(`${sync.id} completed 1,800/1,800 100 %`);
  expect(lines.every((line) => line.startsWith(`${sync.id} `))).toBe(true);
  expect(run.stdout).not.toContain("\u001b");
  expect(run.stderr).toBe("");
});

test("says why a sync failed", async () => {
  const sync = mock.sync().at("failed", { userFacingErrorMessage: null });
  const { stdout } = await runCli(mock.url, ["watch", sync.workspaceId, sync.id]);
  expect(stdout).toContain("failed 450/1,800 25 % (Failed to connect to data source)");
});

test("prints a line of JSON for each update, the last one terminal", async () => {
  const sync = mock.sync().follow("completed", { totalRecords: 10 });
  const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id, "--json", ...fast]);
  const updates = linesOf(run.stdout).map((line): Record<string, unknown> => JSON.parse(line));
  expect(updates.map(({ isTerminal }) => isTerminal)).toEqual(
    updates.map((_, index) => index === updates.length - 1),
  );
  expect(updates.at(-1)).toMatchObject({
    id: sync.id,
    status: "completed",
    percent: 100,
    recordsIngested: 10,
    totalRecordsToIngest: 10,
    syncLog: { id: sync.id, workspaceId: sync.workspaceId },
  });
});

test("ends a log that cannot be watched with a line of JSON too", async () => {
  const id = "sync_00000000-0000-4000-8000-000000000000";
  const { workspaceId } = mock.sync();
  const run = await runCli(mock.url, ["watch", workspaceId, id, "--json"]);
  expect(JSON.parse(run.stdout)).toMatchObject({ id, code: "not_found", exitCode: 4 });
});

test("follows all ids on standard input, whatever form they have", async () => {
  const [first, second, third] = [mock.sync(), mock.sync(), mock.sync()];
  for (const sync of [first, second, third]) sync.at("completed");
  const input = `${JSON.stringify({ data: { syncLogId: first.id } })}\n${second.id}\n`;
  const args = ["watch", first.workspaceId, "-", third.id, ...fast];
  const lines = linesOf((await runCli(mock.url, args, { input })).stdout);
  expect(new Set(lines.map((line) => line.split(" ")[0]))).toEqual(
    new Set([first.id, second.id, third.id]),
  );
});

test("refuses an input without an id", async () => {
  const run = await runCli(mock.url, ["watch", "ws_1", "-"], { input: '{"error":"no"}' });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("syncLogId");
});

test("prints nothing with --quiet", async () => {
  const sync = mock.sync().at("stopped");
  const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id, "--quiet"]);
  expect(run).toEqual({ code: 11, stdout: "", stderr: "" });
});

test("ends when the reader has seen enough", async () => {
  const sync = mock
    .sync()
    .follow("completed", { advance: { everyMs: 30 }, progressSteps: 1000, totalRecords: 100_000 });
  const child = spawn(process.execPath, [mainFile, "watch", sync.workspaceId, sync.id, ...fast], {
    env: cliEnv(mock.url),
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code]: unknown[] = await once(child, "exit");
  expect(code).toBe(141);
});

test.each([
  ["list", "--watch"],
  ["watch", "--all"],
])("%s %s ends when its reader has left, though nothing changes", async (command, option) => {
  const { workspaceId } = mock.sync().at("ingesting");
  const line = `set -o pipefail; "$0" "$1" ${command} ${workspaceId} ${option} | head -1`;
  const child = spawn("bash", ["-c", line, process.execPath, mainFile], {
    env: cliEnv(mock.url),
    stdio: "ignore",
  });
  const [code]: unknown[] = await once(child, "exit");
  expect(code).toBe(141);
});

test.runIf(existsSync("/dev/full"))("says why it cannot write", async () => {
  const { workspaceId, id } = mock.sync().at("completed");
  await using full = await open("/dev/full", "w");
  const child = spawn(process.execPath, [mainFile, "get", workspaceId, id], {
    env: cliEnv(mock.url),
    stdio: ["ignore", full.fd, "pipe"],
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code]: unknown[] = await once(child, "close");
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^sync-log: Cannot write to standard output: ENOSPC.*\n$/u),
  ]);
});

test("keeps its exit code when nobody reads its messages", async () => {
  const { workspaceId } = mock.sync();
  const absent = "sync_00000000-0000-4000-8000-000000000000";
  const args = [mainFile, "watch", workspaceId, absent, absent.replace("0", "1"), "--verbose"];
  const child = spawn(process.execPath, args, {
    env: cliEnv(mock.url),
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.destroy();
  const [code]: unknown[] = await once(child, "exit");
  expect(code).toBe(4);
});

test("sums up several logs, and tells of a failure while the others run", async () => {
  const running = mock.sync().follow("completed", { advance: "manual" });
  const absent = "sync_00000000-0000-4000-8000-000000000000";
  const args = [mainFile, "watch", running.workspaceId, running.id, absent, ...fast, "--json"];
  const child = spawn(process.execPath, args, { env: cliEnv(mock.url) });
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    // Only once the failure is told does the other one go on.
    if (stdout.includes('"exitCode":4')) while (running.status !== "completed") running.advance();
  });
  const [code]: unknown[] = await once(child, "close");
  expect(code).toBe(4);
  expect(stderr).toMatch(new RegExp(`^sync-log: ${absent}: .*404`, "u"));
  expect(linesOf(stderr).at(-1)).toMatch(/^2 syncs: 1 not found, 1 completed {2}\d/u);
});

test("--fail-fast stops at the first failure, and says how to go on with the rest", async () => {
  const [running, failed] = [mock.sync().at("ingesting"), mock.sync().at("failed")];
  const options = [...fast, "--fail-fast", "--max-wait", "1h30m", "--no-color"];
  const args = ["watch", running.workspaceId, running.id, failed.id, ...options];
  const run = await runCli(mock.url, [...args, "--api-key", testKey]);
  expect(run.code).toBe(10);
  expect(run.stderr).toMatch(
    new RegExp(`^${running.id}: ingesting, 450/1,800 records, after`, "mu"),
  );
  expect(run.stderr).toContain(
    `To continue: sync-log watch ${running.workspaceId} ${running.id} ${options.join(" ")}\n`,
  );
});

test("trouble of one is not told again at each poll of another", async () => {
  const [ill, well] = [mock.sync().at("ingesting"), mock.sync().at("ingesting")];
  ill.fault({ kind: "status", status: 503 }, { times: 1000 });
  const limits = ["--max-wait", "1s", ...fast];
  const run = await runCli(mock.url, ["watch", ill.workspaceId, ill.id, well.id, ...limits]);
  expect(run.code).toBe(12);
  const told = linesOf(run.stderr).filter((line) => line.includes("answered 503"));
  expect(new Set(told).size).toBe(told.length);
  expect(told.length).toBeLessThanOrEqual(2);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGQUIT", 131],
] as const)("stops on %s with %i and says how to go on", async (signal, expected) => {
  const sync = mock.sync().at("ingesting");
  const child = spawn(process.execPath, [mainFile, "watch", sync.workspaceId, sync.id], {
    env: cliEnv(mock.url),
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.once("data", () => child.kill(signal));
  const [code]: unknown[] = await once(child, "close");
  expect(code).toBe(expected);
  expect(stderr).toContain(`To continue: sync-log watch ${sync.workspaceId} ${sync.id}`);
});

test("tells of trouble that passes, once, beside the data", async () => {
  const sync = mock.sync().at("completed");
  sync.fault({ kind: "status", status: 503 }, { times: 3 });
  const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id, ...fast]);
  expect(run.code).toBe(0);
  expect(linesOf(run.stdout)).toHaveLength(1);
  expect(linesOf(run.stderr)).toHaveLength(1);
  expect(run.stderr).toMatch(/^sync-log: .*503/u);
});

test("says once what ends the watches of many logs, and of each that is not there", async () => {
  const { workspaceId } = mock.sync();
  const absent = Array.from(
    { length: 50 },
    (_, n) => `sync_00000000-0000-4000-8000-${10 ** 11 + n}`,
  );
  await using own = await startMockServer({ apiKeys: { [testKey]: [workspaceId] } });
  const env = { QONTEXT_API_KEY: "q_sk_that-nobody-has-given-out" };
  const refused = await runCli(own.url, ["watch", workspaceId, ...absent], { env });
  expect(refused.code).toBe(3);
  const [first, others, ...rest] = linesOf(refused.stderr);
  expect(first).toContain(absent[0]);
  expect(others).toMatch(/^sync-log: 49 more: .*401/u);
  expect(rest).toHaveLength(1);

  const missing = await runCli(own.url, ["watch", workspaceId, ...absent.slice(0, 2)]);
  for (const id of absent.slice(0, 2)) expect(missing.stderr).toContain(`${id}: `);
});
