import { expect, test } from "vitest";
import { mockOfFile } from "./support/mock-of-file.ts";
import { linesOf, runCli } from "./support/run-cli.ts";
import { runInProcess } from "./support/run-in-process.ts";

const mock = await mockOfFile();

test("prints a card without colors in a pipe", async () => {
  const sync = mock.sync().at("completed");
  const { stdout, stderr } = await runCli(mock.url, ["get", sync.workspaceId, sync.id]);
  expect(linesOf(stdout)[0]).toBe(`● completed  ${sync.id}`);
  expect(stdout).toMatch(/^ {2}records +1,800\/1,800 {2}█{16} {2}100 %$/mu);
  expect(stdout).toMatch(/^ {2}record types +contacts 1,000, deals 500, companies 300$/mu);
  expect(stdout).not.toContain("\u001b");
  expect(stderr).toBe("");
});

test("leaves out of the card what the log does not say", async () => {
  const sync = mock.sync().at("pending");
  const { stdout } = await runCli(mock.url, ["get", sync.workspaceId, sync.id]);
  expect(stdout).not.toMatch(/completed|error|records/u);
});

test("prints the log as JSON, as it came", async () => {
  const sync = mock.sync().at("ingesting");
  const { stdout } = await runCli(mock.url, ["get", sync.workspaceId, sync.id, "--json"]);
  expect(JSON.parse(stdout)).toEqual(sync.body);
});

test("prints fields with tabs between them, empty where the log has none", async () => {
  const sync = mock.sync().at("ingesting", { recordsIngested: 450 });
  const args = [
    "get",
    sync.workspaceId,
    sync.id,
    "--field",
    "status, recordsIngested,errorMessage",
  ];
  expect((await runCli(mock.url, args)).stdout).toBe("ingesting\t450\t\n");
});

test("prints fields as JSON, null where the log has none", async () => {
  const sync = mock.sync().at("ingesting", { recordsIngested: 450 });
  const args = ["get", sync.workspaceId, sync.id, "--json", "--field", "status,completedAt"];
  expect(JSON.parse((await runCli(mock.url, args)).stdout)).toEqual({
    status: "ingesting",
    completedAt: null,
  });
});

test("refuses an unknown field, and lists the known ones", async () => {
  const sync = mock.sync().at("ingesting");
  const run = await runCli(mock.url, ["get", sync.workspaceId, sync.id, "--field", "records"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/no field "records".*recordsIngested/u);
});

test("prints a field that only the server knows", async () => {
  const sync = mock.sync().at("completed", { notDocumented: "eu" });
  const args = ["get", sync.workspaceId, sync.id, "--field", "notDocumented"];
  expect((await runCli(mock.url, args)).stdout).toBe("eu\n");
  const card = await runCli(mock.url, ["get", sync.workspaceId, sync.id]);
  expect(card.stdout).toMatch(/^ {2}notDocumented +eu$/mu);
});

test("reads the id from an ingestion's answer on standard input", async () => {
  const sync = mock.sync().at("completed");
  const args = ["get", sync.workspaceId, "-", "--field", "id"];
  const run = await runCli(mock.url, args, { input: JSON.stringify({ syncLogId: sync.id }) });
  expect(run.stdout).toBe(`${sync.id}\n`);
});

test("prints nothing with --quiet; the exit code tells whether there is one", async () => {
  const sync = mock.sync().at("completed");
  const run = await runCli(mock.url, ["get", sync.workspaceId, sync.id, "--quiet"]);
  expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
});

test.each([
  [{ FORCE_COLOR: "1" }, [], true],
  [{ FORCE_COLOR: "1", CI: "true" }, [], true],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, [], true],
  [{ FORCE_COLOR: "1" }, ["--no-color"], false],
  [{ FORCE_COLOR: "0" }, [], false],
  [{ FORCE_COLOR: "" }, [], false],
])("with %j and %j, the card has colors: %s", async (env, options, hasColors) => {
  const sync = mock.sync().at("completed");
  const run = await runInProcess(
    ["get", sync.workspaceId, sync.id, "--base-url", mock.url, ...options],
    env,
  );
  expect(run.stdout.includes("\u001b[32m")).toBe(hasColors);
});
