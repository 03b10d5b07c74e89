import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test } from "vitest";
import { mockOfFile } from "./support/mock-of-file.ts";
import { runInProcess } from "./support/run-in-process.ts";
import { linesOf, runCli, testKey } from "./support/run-cli.ts";

const mock = await mockOfFile();

test("--last watches again what was watched last, of which only the ids are kept", async () => {
  using scratch = scratchFolder();
  const env = { XDG_STATE_HOME: scratch.path };
  const [first, second] = [mock.sync().at("completed"), mock.sync().at("failed")];
  const args = ["watch", first.workspaceId, first.id, second.id, "--api-key", testKey];
  const before = await runCli(mock.url, args, { env });
  const file = join(scratch.path, "sync-log", "last-watch.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    workspaceId: first.workspaceId,
    ids: [first.id, second.id],
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(scratch.path, "sync-log"))).toEqual(["last-watch.json"]);
  const again = await runCli(mock.url, ["watch", "--last"], { env });
  expect(again.code).toBe(10);
  expect(linesOf(again.stdout).toSorted()).toEqual(linesOf(before.stdout).toSorted());
});

test("what was listed is kept beside it, for completion", async () => {
  using scratch = scratchFolder();
  const { workspaceId } = mock.sync().at("completed");
  const run = await runCli(mock.url, ["list", workspaceId, "--limit", "1"], {
    env: { XDG_STATE_HOME: scratch.path },
  });
  const kept = readFileSync(join(scratch.path, "sync-log", "last-list.json"), "utf8");
  expect(JSON.parse(kept)).toEqual({ workspaceId, ids: [run.stdout.split("\t")[0]] });
});

test("a key in the place of an id is not kept", async () => {
  using scratch = scratchFolder();
  const env = { XDG_STATE_HOME: scratch.path, QONTEXT_API_KEY: "" };
  const { workspaceId } = mock.sync();
  const args = ["watch", workspaceId, "q_sk_other_0123456789", "--api-key", testKey];
  await runCli(mock.url, args, { env });
  expect(readdirSync(scratch.path)).toEqual([]);
});

test("the folder is that of the user's home where no other is set, and none without a home", async () => {
  using scratch = scratchFolder();
  const sync = mock.sync().at("completed");
  const args = ["watch", sync.workspaceId, sync.id];
  await runCli(mock.url, args, { env: { HOME: scratch.path, XDG_STATE_HOME: "relative" } });
  expect(readdirSync(join(scratch.path, ".local/state/sync-log"))).toEqual(["last-watch.json"]);
  const run = await runInProcess(["watch", "--last"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^sync-log: --last finds no earlier watch/u);
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"workspaceId":"ws_1","ids":[]}',
  '{"workspaceId":"ws_1","ids":[{}]}',
  '{"workspaceId":"../x","ids":["sync_1"]}',
])("a file that holds %j is no last watch", async (text) => {
  using scratch = scratchFolder();
  mkdirSync(join(scratch.path, "sync-log"));
  writeFileSync(join(scratch.path, "sync-log", "last-watch.json"), text);
  const run = await runInProcess(["watch", "--last"], { XDG_STATE_HOME: scratch.path });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("last-watch.json");
});

test("where nothing can be kept, watching works all the same", async () => {
  using scratch = scratchFolder();
  const file = join(scratch.path, "file");
  writeFileSync(file, "");
  chmodSync(file, 0o400);
  const sync = mock.sync().at("completed");
  const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id], {
    env: { XDG_STATE_HOME: file },
  });
  expect(run).toMatchObject({ code: 0, stderr: "" });
});

test("where a folder is in its place, nothing is left beside it", async () => {
  using scratch = scratchFolder();
  const folder = join(scratch.path, "sync-log");
  mkdirSync(join(folder, "last-watch.json"), { recursive: true });
  const { workspaceId, id } = mock.sync().at("completed");
  const env = { XDG_STATE_HOME: scratch.path };
  expect(await runCli(mock.url, ["watch", workspaceId, id], { env })).toMatchObject({ code: 0 });
  expect(readdirSync(folder)).toEqual(["last-watch.json"]);
});

test("--last takes no ids", async () => {
  const run = await runInProcess(["watch", "--last", "ws_1", "sync_1"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("--last takes no ids");
});

test.skipIf(process.platform === "win32")(
  "a pipe in the place of the file holds up nothing, nor does a folder that takes none",
  async () => {
    using scratch = scratchFolder();
    const folder = join(scratch.path, "sync-log");
    mkdirSync(folder);
    execFileSync("mkfifo", [join(folder, "last-watch.json")]);
    const last = await runInProcess(["watch", "--last"], { XDG_STATE_HOME: scratch.path });
    expect(last).toMatchObject({ code: 2, stdout: "" });
    const sync = mock.sync().at("completed");
    const env = { XDG_STATE_HOME: process.platform === "linux" ? "/proc/self" : "/dev/null" };
    const run = await runCli(mock.url, ["watch", sync.workspaceId, sync.id], { env });
    expect(run.code).toBe(0);
  },
);
