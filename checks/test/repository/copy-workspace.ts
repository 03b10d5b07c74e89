import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { workspacePackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** The manifests and rules of the workspace without its sources, as JSON that a test may change. */
export function copyWorkspace(into: string): void {
  const files = [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "turbo.json",
    ".oxlintrc.json",
  ];
  const nested = workspacePackages().flatMap(({ path }) => [
    `${path}/package.json`,
    `${path}/turbo.json`,
  ]);
  for (const file of [...files, ...nested]) {
    if (!existsSync(join(workspaceRoot, file))) continue;
    mkdirSync(dirname(join(into, file)), { recursive: true });
    cpSync(join(workspaceRoot, file), join(into, file));
  }
}
