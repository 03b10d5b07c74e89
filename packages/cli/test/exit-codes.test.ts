import { startMockServer } from "@qontext/sync-log-mock";
import { describe, expect, test } from "vitest";
import { mockOfFile } from "./support/mock-of-file.ts";
import { exitCodeOfError, worstExitCode } from "../src/exit-code.ts";
import { linesOf, runCli, testKey } from "./support/run-cli.ts";

const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
const absentId = "sync_00000000-0000-4000-8000-000000000000";

const mock = await mockOfFile({ apiKeys: { [testKey]: [workspaceId] } });

describe("the exit code of watch", () => {
  test.each([
    ["completed", 0],
    ["skipped", 0],
    ["failed", 10],
    ["stopped", 11],
  ])("for a sync that ended as %s is %i", async (status, code) => {
    const sync = mock.sync({ workspaceId }).at(status);
    expect((await runCli(mock.url, ["watch", workspaceId, sync.id])).code).toBe(code);
  });

  test("for one that still runs at the maximum wait is 12, with the command that continues", async () => {
    const sync = mock.sync({ workspaceId }).at("ingesting");
    const run = await runCli(mock.url, ["watch", workspaceId, sync.id, "--max-wait", "300ms"]);
    expect(run.code).toBe(12);
    expect(run.stderr).toContain("is still running");
    expect(run.stderr).toContain(`sync-log watch ${workspaceId} ${sync.id}`);
  });

  test("for several logs is the one that matters most", async () => {
    const ids = ["completed", "stopped", "failed"].map(
      (status) => mock.sync({ workspaceId }).at(status).id,
    );
    expect((await runCli(mock.url, ["watch", workspaceId, ...ids])).code).toBe(10);
    const run = await runCli(mock.url, ["watch", workspaceId, ...ids, absentId]);
    expect(run.code).toBe(4);
    // The others are followed to their end all the same.
    expect(linesOf(run.stdout)).toHaveLength(3);
  });
});

test("the exit code of watch --all is that of all that run, and 0 where none does", async () => {
  const workspace = "ws_22222222-e89b-42d3-a456-426614174000";
  const own = await startMockServer({ apiKeys: { [testKey]: [workspaceId, workspace] } });
  const none = await runCli(own.url, ["watch", workspace, "--all"]);
  expect(none).toMatchObject({ code: 0, stdout: "" });
  expect(none.stderr).toContain(`No sync of ${workspace} is running`);
  own.sync({ workspaceId: workspace }).at("failed");
  const ids = ["completed", "stopped"].map(
    (end) => own.sync({ workspaceId: workspace }).follow(end).id,
  );
  const run = await runCli(own.url, ["watch", workspace, "--all", "--interval", "10ms"]);
  expect(run.code).toBe(11);
  const seen = new Set(linesOf(run.stdout).map((line) => line.split(" ")[0]));
  expect(seen).toEqual(new Set(ids));
  expect(run.stderr).toMatch(/^2 syncs: 1 stopped, 1 completed/mu);
  own.sync({ workspaceId: workspace }).at("ingesting");
  const rest = await runCli(own.url, ["watch", workspace, "--all", "--max-wait", "200ms"]);
  expect(rest.code).toBe(12);
  expect(rest.stderr).toContain(`To continue: sync-log watch ${workspace} --all --max-wait 200ms`);
  await own.close();
});

test("the exit code of list is 0 once it is read, and says what kept it from that", async () => {
  mock.sync({ workspaceId }).at("failed");
  expect((await runCli(mock.url, ["list", workspaceId])).code).toBe(0);
  const foreign = "ws_00000000-0000-4000-8000-000000000000";
  expect((await runCli(mock.url, ["list", foreign])).code).toBe(4);
  expect((await runCli(mock.url, ["watch", foreign, "--all"])).code).toBe(4);
  expect((await runCli(mock.url, ["list", workspaceId, "--api-key", "q_sk_unknown"])).code).toBe(3);
  for (const args of [[], ["ws_1"], [workspaceId, "sync_1"], [workspaceId, "--limit", "0"]]) {
    expect((await runCli(mock.url, ["list", ...args])).code).toBe(2);
  }
});

describe.each(["get", "watch"])("the exit code of %s", (command) => {
  test("for a log that is not there is 4", async () => {
    expect((await runCli(mock.url, [command, workspaceId, absentId])).code).toBe(4);
  });

  test("for another workspace's log is 4, as if there were none", async () => {
    const foreign = "ws_00000000-0000-4000-8000-000000000000";
    expect((await runCli(mock.url, [command, foreign, absentId])).code).toBe(4);
  });

  test("without a key, or with an unknown one, is 3", async () => {
    const none = { env: { QONTEXT_API_KEY: "" } };
    expect((await runCli(mock.url, [command, workspaceId, absentId], none)).code).toBe(3);
    const unknown = [command, workspaceId, absentId, "--api-key", "q_sk_unknown"];
    expect((await runCli(mock.url, unknown)).code).toBe(3);
  });

  test.each([
    ["an argument is missing", [workspaceId]],
    ["an option is unknown", [workspaceId, absentId, "--jsno"]],
    ["a duration is invalid", [workspaceId, absentId, "--timeout", "soon"]],
    ["an id would leave its place in the path", [workspaceId, ".."]],
    ["an id is malformed", [workspaceId, "sync_1"]],
    [
      "the base URL would send the key in clear",
      [workspaceId, absentId, "--base-url", "http://example.com"],
    ],
  ])("when %s is 2", async (_, args) => {
    const run = await runCli(mock.url, [command, ...args]);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    expect(linesOf(run.stderr)).toHaveLength(1);
  });

  test("for a service that does not answer is 1", async () => {
    const closed = await startMockServer();
    await closed.close();
    const patience = command === "watch" ? ["--interval", "20ms", "--max-failing", "200ms"] : [];
    const run = await runCli(closed.url, [command, workspaceId, absentId, ...patience]);
    expect(run.code).toBe(1);
  });
});

test("get exits with 0 once the log is read, however the sync went", async () => {
  const sync = mock.sync({ workspaceId }).at("failed");
  expect((await runCli(mock.url, ["get", workspaceId, sync.id])).code).toBe(0);
});

test("without a command it is 2, with --help or --version 0", async () => {
  expect((await runCli(mock.url, [])).code).toBe(2);
  expect((await runCli(mock.url, ["--help"])).code).toBe(0);
  expect((await runCli(mock.url, ["--version"])).code).toBe(0);
  expect((await runCli(mock.url, ["wacth"])).stderr).toContain("Did you mean watch?");
});

test("errors come before outcomes, and failures before what still runs", () => {
  expect(worstExitCode([0, 12, 11])).toBe(11);
  expect(worstExitCode([10, 4])).toBe(4);
  expect(worstExitCode([1, 3])).toBe(3);
  expect(worstExitCode([])).toBe(0);
  expect(exitCodeOfError("not even an error")).toBe(1);
});
