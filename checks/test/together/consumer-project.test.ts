import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeBlocks } from "../documented/code-blocks.ts";
import { createConsumerProject, typeCheck } from "./consumer-project.ts";
import { packAll } from "@qontext/sync-log-test-support/pack";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const scratch = scratchFolder();
const project = join(scratch.path, "consumer");

beforeAll(async () => {
  const tarballs = await packAll(scratch.path);
  await createConsumerProject(project, tarballs, ["@qontext/sync-log-client"]);
  // The README's example reads `process`, which a project with @types/node has.
  writeFileSync(
    join(project, "globals.d.ts"),
    "declare const process: { env: Record<string, string | undefined> };",
  );
});

afterAll(() => scratch[Symbol.dispose]());

describe("a project that installs the tarballs", () => {
  const readme = readFileSync(join(workspaceRoot, "README.md"), "utf8");
  const example = codeBlocks(readme, "ts")[0]?.code ?? "";

  test.each(["node16", "bundler"] as const)(
    "compiles the README's example under %s",
    async (resolution) => {
      expect(example).toContain("@qontext/sync-log-client");
      await typeCheck(
        project,
        "example.mts",
        `/// <reference path="globals.d.ts" />\n${example}`,
        resolution,
      );
    },
  );

  test("is told by the compiler when it misuses the client", async () => {
    const wrong = example.replace("workspaceId:", "workspace:");
    await expect(typeCheck(project, "wrong.mts", wrong, "node16")).rejects.toThrow(/workspace/u);
  });

  test.each(["import", "require"] as const)("loads the client by %s", async (how) => {
    const load =
      how === "import"
        ? 'import("@qontext/sync-log-client")'
        : 'Promise.resolve(require("@qontext/sync-log-client"))';
    const script = `${load}.then((m) => console.log(typeof m.createSyncLogClient))`;
    const { stdout } = await runCommand("node", ["-e", script], { cwd: project });
    expect(stdout).toBe("function\n");
  });
});
