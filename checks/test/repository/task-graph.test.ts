import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { describe, expect, test } from "vitest";
import { copyWorkspace } from "./copy-workspace.ts";
import { packagesNamedIn, readTaskGraph, unhashedReads, unorderedReads } from "./task-graph.ts";
import type { Task } from "./task-graph.ts";

const tasks = await readTaskGraph(workspaceRoot);
const globalInputs = new Set(["pnpm-workspace.yaml", "tsconfig.base.json"]);

/** The graph of the workspace with another `turbo.json`. */
async function tasksWith(edit: (text: string) => string): Promise<readonly Task[]> {
  using scratch = scratchFolder();
  copyWorkspace(scratch.path);
  const file = join(scratch.path, "turbo.json");
  const before = readFileSync(file, "utf8");
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  const edited = new Map((await readTaskGraph(scratch.path)).map((task) => [task.taskId, task]));
  return tasks.map((task) => ({
    ...task,
    dependencies: edited.get(task.taskId)?.dependencies ?? [],
  }));
}

describe("the tasks of `pnpm check`", () => {
  test("wait for everything that they read", () => {
    expect(tasks.length).toBeGreaterThan(40);
    expect(unorderedReads(tasks)).toEqual([]);
  });

  test("run again when a file that they read changes", () => {
    expect(tasks.flatMap((task) => unhashedReads(task, globalInputs))).toEqual([]);
  });
});

describe("the comparison of imports and tasks", () => {
  test("finds type checks that do not wait for their own package's build", async () => {
    const unordered = await tasksWith((text) =>
      text.replace(/("typecheck": \{\s+"dependsOn": )\[[^\]]*\]/u, '$1["^build"]'),
    );
    expect(unorderedReads(unordered)).toContain(
      "@qontext/sync-log-mock#typecheck does not wait for @qontext/sync-log-mock#build",
    );
  });

  test("finds builds that do not wait for those of other packages", async () => {
    const unordered = await tasksWith((text) =>
      text.replace(/("build": \{\s+"dependsOn": )\["\^build"\]/u, "$1[]"),
    );
    expect(unorderedReads(unordered)).toContain(
      "@qontext/sync-log-client#build does not wait for @qontext/sync-log-schema#build",
    );
  });

  test("finds a lint that begins before a package is built", () => {
    const eager = tasks.map((task) => ({
      ...task,
      dependencies: task.dependencies.filter((id) => id !== "@qontext/sync-log-watcher#build"),
    }));
    expect(unorderedReads(eager)).toContain(
      "//#lint does not wait for @qontext/sync-log-watcher#build",
    );
  });

  test("finds files that a task imports or names without hashing them", () => {
    const command = "node src/markdown-files.ts && tsc -p tsconfig.json";
    const [name, path] = ["@qontext/sync-log-docs", "src/navigation.ts"];
    const importing = readFileSync(join(workspaceRoot, "docs", "src/markdown-files.ts"), "utf8");
    expect(importing).toContain('from "./navigation.ts"');
    const task: Task = {
      taskId: `${name}#build`,
      package: name,
      command,
      directory: "docs",
      inputs: { "src/markdown-files.ts": "" },
      dependencies: [],
    };
    const found = unhashedReads(task);
    expect(found).toContain(`${name}#build reads docs/${path}`);
    expect(found).toContain(`${name}#build reads docs/tsconfig.json`);
    expect(unhashedReads(task, new Set(["docs/tsconfig.json"]))).not.toContain(
      `${name}#build reads docs/tsconfig.json`,
    );
  });

  test.each([
    ['import { a } from "@qontext/sync-log-client";', "@qontext/sync-log-client"],
    ['import type { A } from "@qontext/sync-log-client/wait";', "@qontext/sync-log-client"],
    ['await import("@qontext/sync-log-schema/openapi")', "@qontext/sync-log-schema"],
    [
      'import.meta.resolve("@qontext/sync-log-docs/reference/index.html")',
      "@qontext/sync-log-docs",
    ],
    ['import { startMockServer } from "../../dist/index.js";', "@qontext/sync-log-own"],
    ['new URL("../dist/main.js", import.meta.url)', "@qontext/sync-log-own"],
    ['join(workspaceRoot, "packages/cli/dist/main.js")', "@qontext/sync-log-cli"],
    ['["sync-log-mock", "mock/dist/main.js"]', "@qontext/sync-log-mock"],
  ])("knows what is read by %s", (source, name) => {
    expect([...packagesNamedIn(source, "@qontext/sync-log-own")]).toEqual([name]);
  });
});
