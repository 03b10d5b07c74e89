import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const config: unknown = JSON.parse(readFileSync(join(workspaceRoot, "renovate.json"), "utf8"));
const lockfiles = execFileSync("git", ["ls-files", "*pnpm-lock.yaml", "*package-lock.json"], {
  cwd: workspaceRoot,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "");

const unseen = (patterns: readonly string[]): readonly string[] =>
  lockfiles.filter((file) => patterns.some((pattern) => matchesGlob(file, pattern)));

test("the update bot looks at every lockfile", () => {
  expect(lockfiles.length).toBeGreaterThan(7);
  expect(config).toMatchObject({ ignorePaths: ["**/node_modules/**"] });
  expect(unseen(["**/node_modules/**"])).toEqual([]);
});

test("the folders that its preset leaves out have lockfiles", () => {
  expect(unseen(["**/test/**", "**/examples/**"])).toContain(
    "scripts/test/documents/tools/pnpm-lock.yaml",
  );
});
