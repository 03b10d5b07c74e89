import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const workspaceRoot: string = join(import.meta.dirname, "..", "..", "..", "..");

/** The part of a `package.json` that these tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  readonly dir: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace that is published. */
export function publishedPackages(): readonly WorkspacePackage[] {
  const packagesDir = join(workspaceRoot, "packages");
  return readdirSync(packagesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(packagesDir, entry.name))
    .map((dir) => ({
      dir,
      // The workspace's own manifests: pnpm has refused malformed ones by now.
      manifest: JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as Manifest,
    }))
    .filter(({ manifest }) => manifest.private !== true);
}
