import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryFiles } from "@qontext/sync-log-test-support/repository-files";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const bin = (name: string): string => join(import.meta.dirname, "../../node_modules/.bin", name);
const knipArgs = ["--no-progress", "--no-config-hints"];

async function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output: printed } = await runCommand(command, args, { cwd, codes: "any" });
  return code === 0 ? "" : printed;
}

describe("the workspace", () => {
  test("has no file, export or dependency that nobody uses", async () => {
    expect(await output(bin("knip"), knipArgs, workspaceRoot)).toBe("");
  });

  test("has files for every entry of knip's configuration", () => {
    const text = readFileSync(join(workspaceRoot, "knip.jsonc"), "utf8");
    const json = text.replaceAll(/^\s*\/\/.*$/gmu, "").replaceAll(/,(?=\s*[\]}])/gu, "");
    const { workspaces }: { workspaces: Readonly<Record<string, { entry?: readonly string[] }>> } =
      JSON.parse(json);
    const entries = Object.entries(workspaces).flatMap(([folder, { entry = [] }]) =>
      entry.map((pattern) => join(folder, pattern)),
    );
    expect(entries.length).toBeGreaterThan(10);
    const files = [
      ...repositoryFiles(),
      ...repositoryFiles(".changeset"),
      ...repositoryFiles("packages/schema/src/generated"),
    ];
    const isFound = (entry: string): boolean => files.some((file) => matchesGlob(file, entry));
    expect(entries.filter((entry) => !isFound(entry))).toEqual([]);
  });

  test("has manifests that agree with each other", async () => {
    // The client is tested with the undici that Node 20 can run, and measured against the newest.
    const args = ["--no-install", "--ignore-dependency", "undici"];
    expect(await output(bin("sherif"), args, workspaceRoot)).toBe("");
  });
});

const manifest = (name: string, more: object): string =>
  JSON.stringify({ name, version: "1.0.0", private: true, ...more });

describe("a workspace that is out of order", () => {
  test("is found by knip", async () => {
    using scratch = scratchFolder({
      "package.json": manifest("one", {
        type: "module",
        main: "index.js",
        dependencies: { unused: "1.0.0" },
      }),
      "index.js": "export const a = 1;\n",
      "forgotten.js": "export const b = 1;\n",
    });
    const found = await output(bin("knip"), knipArgs, scratch.path);
    expect(found).toContain("unused");
    expect(found).toContain("forgotten.js");
  });

  test("is found by sherif", async () => {
    using scratch = scratchFolder({
      "package.json": manifest("root", { packageManager: "pnpm@12.21.0" }),
      "pnpm-workspace.yaml": "packages: [packages/*]\n",
      "packages/a/package.json": manifest("a", { dependencies: { same: "1.0.0" } }),
      "packages/b/package.json": manifest("b", { dependencies: { same: "2.0.0" } }),
    });
    expect(await output(bin("sherif"), ["--no-install"], scratch.path)).toContain("same");
  });
});
