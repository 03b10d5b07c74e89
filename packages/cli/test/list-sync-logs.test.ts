import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { emptyWorkspace as workspaceId, mockOfWorkspaces } from "./support/mock-of-file.ts";
import { cliEnv, linesOf, mainFile } from "./support/run-cli.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { hasTerminal, runOnTerminal } from "./support/terminal.ts";

const mock = await mockOfWorkspaces();

const list = (...options: readonly string[]) =>
  runInProcess(["list", workspaceId, "--base-url", mock.url, ...options]);

/** Created that many minutes ago, the last of them with the most. */
function create(...statuses: readonly string[]) {
  return statuses.map((status, minutes) => {
    const createdAt = new Date(Date.now() - minutes * 60_000).toISOString();
    return mock.sync({ workspaceId }).at(status, { createdAt, updatedAt: createdAt });
  });
}

test("a pipe gets the fields of each log with tabs between them, those that run first, then the newest", async () => {
  const [completed, ingesting, failed, pending] = create(
    "completed",
    "ingesting",
    "failed",
    "pending",
  );
  const { code, stdout, stderr } = await list();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const rows = linesOf(stdout).map((line) => line.split("\t"));
  expect(rows.map(([id]) => id)).toEqual(
    [ingesting, pending, completed, failed].map((sync) => sync?.id),
  );
  expect(rows[0]?.slice(1, 5)).toEqual(["ingesting", "full_sync", "450", "1800"]);
  expect(rows[3]).toHaveLength(9);
});

test("--json is an array of the logs as they came, also of none", async () => {
  expect(await list("--json")).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  const [sync] = create("failed");
  expect(JSON.parse((await list("--json")).stdout)).toEqual([sync?.body]);
  const { stdout } = await list("--json", "--field", "status,minDate");
  expect(JSON.parse(stdout)).toEqual([{ status: "failed", minDate: null }]);
});

test("an empty list says so, and why", async () => {
  expect(await list()).toEqual({
    code: 0,
    stdout: "",
    stderr: `sync-log: ${workspaceId} has no sync logs.\n`,
  });
  create("completed", "completed");
  expect((await list("--status", "failed")).stderr).toMatch(/has 2 sync logs, and none of these/u);
  expect(await list("--status", "failed", "--quiet")).toMatchObject({ stdout: "", stderr: "" });
});

const statuses = async (...options: readonly string[]): Promise<readonly string[]> =>
  linesOf((await list("--field", "status", ...options)).stdout);

describe("filters", () => {
  test.each([
    [["--status", "failed"], ["failed"]],
    [
      ["--status", "failed,pending"],
      ["pending", "failed"],
    ],
    [
      ["--status", "failed", "--status", " stopped"],
      ["failed", "stopped"],
    ],
    [
      ["--status", "running"],
      ["ingesting", "pending"],
    ],
    [
      ["--status", "ended,pending"],
      ["pending", "completed", "failed", "stopped"],
    ],
    [["--type", "live_sync"], []],
    [["--type", "full_sync", "--limit", "1"], ["ingesting"]],
    [
      ["--since", "90s"],
      ["ingesting", "completed"],
    ],
    [["--since", "2001-01-01", "--status", "stopped"], ["stopped"]],
    [["--since", "2001-01-01T01:00+02:00", "--status", "stopped"], ["stopped"]],
    [
      ["--since", "90"],
      ["ingesting", "completed"],
    ],
  ])("%j", async (options, expected) => {
    create("completed", "ingesting", "failed", "pending", "stopped");
    expect(await statuses(...options)).toEqual(expected);
  });

  test.each([
    ["status", "complete", /no sync log has the status "complete".*completed.*running/iu],
    ["type", "full", /type "full".*full_sync.*manual_sync/u],
    ["since", "yesterday", /--since takes a duration.* or a date, such as 2021-01-31/u],
    ["since", "2026-02-31", /no such day/u],
    ["since", "2021-02-29T10:00Z", /no such day/u],
    ["since", "2021-13-01", /no such day/u],
    ["since", "2021-01-31T12:00", /no time zone.*Z for UTC/u],
    ["since", "2021-01-31T25:00Z", /or a date, such as/u],
    ["since", "1611316800000", /A number alone is in seconds/u],
    ["since", "1611316800", /A number alone is in seconds/u],
    ["interval", "2s", /add --watch/u],
    ["limit", "0", /--limit takes a whole number, 1 or more/u],
    ["field", "state", /no field "state".*status/u],
  ])("--%s %s is a mistake, and the message lists what there is", async (name, value, message) => {
    create("completed");
    const run = await list(`--${name}`, value);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(message);
  });

  test("a status that the service alone knows is one of them", async () => {
    const body = [
      { id: "sync_1", status: "archived" },
      { id: "sync_2", status: "failed" },
    ];
    mock.fault({ kind: "status", status: 200, body });
    expect((await list("--status", "archived", "--field", "id")).stdout).toBe("sync_1\n");
  });
});

test.each([
  ["{}", { code: 1, stdout: "" }],
  ["5", { code: 1, stdout: "" }],
  ["null", { code: 1, stdout: "" }],
  [
    '[null, 5, [], { "id": "sync_1" }]',
    {
      code: 0,
      stdout: "sync_1\n",
      stderr: "sync-log: 3 items of the list are no sync logs, and are left out.\n",
    },
  ],
])("an answer of %s is told, or the logs in it are listed", async (text, expected) => {
  mock.fault({ kind: "status", status: 200, body: JSON.parse(text) });
  expect(await list("--field", "id")).toMatchObject(expected);
});

test("a reader that closes the pipe ends it", async () => {
  for (let count = 0; count < 300; count += 1) mock.sync({ workspaceId }).at("completed");
  const child = spawn(process.execPath, [mainFile, "list", workspaceId, "--json"], {
    env: cliEnv(mock.url),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, stderr }).toEqual({ code: 141, stderr: "" });
});

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test("it is a table in colors, or without them", async () => {
    create("ingesting", "failed");
    const runs = [{}, { env: { NO_COLOR: "1" } }, { env: { CI: "1" } }].map((options) =>
      runOnTerminal(mock.url, ["list", workspaceId], { columns: 120, ...options }),
    );
    await Promise.all(runs.map((run) => run.ended()));
    for (const run of runs) {
      expect(run.lines()[0]).toMatch(/^STATUS +ID +RECORDS +AGE +TOOK +ERROR/u);
      expect(run.lines()[2]).toMatch(/^failed .* This website is/u);
      expect(run.lines()[3]).toBe("2 syncs: 1 running, 1 failed");
    }
    expect(runs.map((run) => run.raw.includes("\u001b[31m"))).toEqual([true, false, false]);
  });
});
