import { readdirSync } from "node:fs";
import { join } from "node:path/posix";
import { workspaceRoot } from "./workspace.ts";

const skippedFolders = new Set(["node_modules", "dist", "artifacts", "generated"]);

/** The files that people write, relative to the root: none that was generated, built or installed, and none of hidden folders. */
export function repositoryFiles(folder = ""): readonly string[] {
  return readdirSync(join(workspaceRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    const isSkipped = entry.name.startsWith(".") || skippedFolders.has(entry.name);
    return isSkipped ? [] : repositoryFiles(path);
  });
}
