import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "../api-report/published-packages.ts";
import { runCommand } from "./support/run-command.ts";
import { scratchFolder } from "./support/scratch-folder.ts";

const rootBin = (name: string): string => join(workspaceRoot, "node_modules/.bin", name);

/** The manifests and rules of the workspace without its sources, as JSON that a test may change. */
function copyWorkspace(into: string): void {
  const files = [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "turbo.json",
    ".oxlintrc.json",
  ];
  const packages = readdirSync(join(workspaceRoot, "packages")).map((name) => `packages/${name}`);
  const nested = [...packages, "docs", "scripts"].flatMap((folder) => [
    `${folder}/package.json`,
    `${folder}/turbo.json`,
  ]);
  for (const file of [...files, ...nested]) {
    if (!existsSync(join(workspaceRoot, file))) continue;
    mkdirSync(dirname(join(into, file)), { recursive: true });
    cpSync(join(workspaceRoot, file), join(into, file));
  }
}

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
  ["schema", "rules"],
  ["rules", "client"],
  ["redact", "client"],
  ["client", "mock"],
  ["contract", "client"],
  ["contract", "mock"],
  ["command-line", "schema"],
  ["watcher", "cli"],
] as const;

describe("turbo boundaries", () => {
  test("accepts the workspace as it is", async () => {
    using scratch = scratchFolder({});
    copyWorkspace(scratch.path);
    const { code } = await runCommand(rootBin("turbo"), ["boundaries"], scratch.path);
    expect(code).toBe(0);
  });

  test.each(forbidden)("refuses that %s depends on %s", async (from, to) => {
    using scratch = scratchFolder({});
    copyWorkspace(scratch.path);
    const folder = join(scratch.path, "packages", from);
    const name = `@qontext/sync-log-${to}`;
    addDependency(folder, name);
    addSource(folder, `export * as other from "${name}";\n`);
    const { code, stdout, stderr } = await runCommand(
      rootBin("turbo"),
      ["boundaries"],
      scratch.path,
    );
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(name);
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
    using scratch = scratchFolder({});
    copyWorkspace(scratch.path);
    addSource(
      join(scratch.path, "packages", from),
      `import { name } from "@qontext/sync-log-${to}";\n\nexport const other: string = name;\n`,
    );
    const { code, stdout } = await runCommand(
      rootBin("oxlint"),
      ["--format=unix", "packages"],
      scratch.path,
    );
    expect(code).toBe(1);
    expect(stdout).toContain("no-restricted-imports");
  });
});
