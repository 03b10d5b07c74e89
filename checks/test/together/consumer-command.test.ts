import { delimiter, join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumerProject } from "./consumer-project.ts";
import { packAll } from "@qontext/sync-log-test-support/pack";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

const scratch = scratchFolder();
const project = join(scratch.path, "consumer");

/** The path without the workspace: what is left is the machine's own Node, the oldest that is supported in CI. */
const path = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

beforeAll(async () => {
  const tarballs = await packAll(scratch.path);
  await createConsumerProject(project, tarballs, ["@qontext/sync-log-cli"]);
});

afterAll(() => scratch[Symbol.dispose]());

describe("a project that installs the command line", () => {
  test("runs it by npx, on the machine's own Node", async () => {
    await using mock = await startMockServer();
    const sync = mock.sync().follow("completed", { totalRecords: 10 });
    const env = {
      PATH: path,
      HOME: scratch.path,
      QONTEXT_API_KEY: "q_sk_any",
      QONTEXT_BASE_URL: mock.url,
    };
    const args = ["sync-log", "watch", sync.workspaceId, sync.id, "--interval", "10ms"];
    const { stdout } = await runCommand("npx", args, { cwd: project, env });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`${sync.id} completed 10/10 100 %`);
  });

  test("has the API reference in it", async () => {
    const { stdout } = await runCommand("npx", ["sync-log", "open-reference", "--print"], {
      cwd: project,
      env: { PATH: path, HOME: scratch.path },
    });
    expect(stdout).toMatch(/^file:\/\/.*\/consumer\/node_modules\/.*\/reference\/index\.html\n$/u);
  });

  test("serves the tools from it", async () => {
    const { code } = await runCommand("npx", ["sync-log", "mcp", "--help"], {
      cwd: project,
      env: { PATH: path, HOME: scratch.path },
    });
    expect(code).toBe(0);
  });
});
