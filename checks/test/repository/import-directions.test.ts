import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { copyWorkspace } from "./copy-workspace.ts";

const rootBin = (name: string): string => join(workspaceRoot, "node_modules/.bin", name);

function addDependency(folder: string, name: string): void {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  manifest.dependencies = { ...manifest.dependencies, [name]: "workspace:*" };
  writeFileSync(file, JSON.stringify(manifest));
}

function addSource(folder: string, source: string): void {
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "src/index.ts"), source);
}

const forbidden = [
  ["schema", "document"],
  ["document", "client"],
  ["redact", "client"],
  ["client", "mock"],
  ["contract", "client"],
  ["contract", "mock"],
  ["command-line", "schema"],
  ["watcher", "cli"],
] as const;

describe("turbo boundaries", () => {
  test("accepts the workspace as it is", async () => {
    using scratch = scratchFolder();
    copyWorkspace(scratch.path);
    const { code } = await runCommand(rootBin("turbo"), ["boundaries"], {
      cwd: scratch.path,
    });
    expect(code).toBe(0);
  });

  test.each(forbidden)("refuses that %s depends on %s", async (from, to) => {
    using scratch = scratchFolder();
    copyWorkspace(scratch.path);
    const folder = join(scratch.path, "packages", from);
    const name = `@qontext/sync-log-${to}`;
    addDependency(folder, name);
    addSource(folder, `export * as other from "${name}";\n`);
    const { code, output } = await runCommand(rootBin("turbo"), ["boundaries"], {
      cwd: scratch.path,
      codes: "any",
    });
    expect(code).not.toBe(0);
    expect(output).toContain(name);
  });
});

describe("oxlint", () => {
  test.each([
    ["client", "mock"],
    ["cli", "mock"],
    ["watcher", "mock"],
    ["mock", "client"],
    ["contract", "client"],
    ["contract", "mock"],
  ])("refuses that a source of %s imports %s, which its tests may use", async (from, to) => {
    using scratch = scratchFolder();
    copyWorkspace(scratch.path);
    addSource(
      join(scratch.path, "packages", from),
      `import { name } from "@qontext/sync-log-${to}";\n\nexport const other: string = name;\n`,
    );
    const { stdout } = await runCommand(rootBin("oxlint"), ["--format=unix", "packages"], {
      cwd: scratch.path,
      codes: [1],
    });
    expect(stdout).toContain("no-restricted-imports");
  });

  test("refuses files that import each other, if only for their types", async () => {
    using scratch = scratchFolder();
    copyWorkspace(scratch.path);
    const folder = join(scratch.path, "packages/client");
    addSource(
      folder,
      'import type { Other } from "./other.ts";\n\nexport interface One {\n  readonly other?: Other;\n}\n',
    );
    writeFileSync(
      join(folder, "src/other.ts"),
      'import type { One } from "./index.ts";\n\nexport interface Other {\n  readonly one?: One;\n}\n',
    );
    const { stdout } = await runCommand(rootBin("oxlint"), ["--format=unix", "packages"], {
      cwd: scratch.path,
      codes: [1],
    });
    expect(stdout).toContain("import(no-cycle)");
  });
});
