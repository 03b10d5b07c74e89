import { join } from "node:path";
import { installTools } from "@qontext/sync-log-test-support/install-tools";
import { expect, test } from "vitest";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const runtimes = join(workspaceRoot, "checks/runtimes");
const installed = join(runtimes, "node_modules");
const script = join(workspaceRoot, "checks/smoke/mock-on-node.mjs");

await installTools(runtimes);

// Prism asks for Node 24 in its manifest; the mock promises 20.19, so each is tried.
test.each([
  ["20", join(installed, "n20/bin/node")],
  ["22", join(installed, "n22/bin/node")],
  ["24", process.execPath],
  ["26", join(installed, "n26/bin/node")],
])("the mock runs on Node %s", async (_version, node) => {
  const { stdout } = await runCommand(node, [script], { cwd: workspaceRoot });
  expect(stdout).toBe("passed\n");
});
