import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const installed = join(workspaceRoot, "checks/runtimes/node_modules");
const script = join(workspaceRoot, "checks/smoke/mock-on-node.mjs");

// Prism asks for Node 24 in its manifest; the mock promises 20.19, so each is tried.
test.each([
  ["20", join(installed, "n20/bin/node")],
  ["22", join(installed, "n22/bin/node")],
  ["24", process.execPath],
  ["26", join(installed, "n26/bin/node")],
])("the mock runs on Node %s", async (version, node) => {
  const isMissing = !existsSync(node) && !process.env["CI"];
  if (isMissing) return console.warn(`Node ${version} is not installed.`);
  const { stdout } = await runCommand(node, [script], { cwd: workspaceRoot });
  expect(stdout).toBe("passed\n");
});
