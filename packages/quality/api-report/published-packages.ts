import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const workspaceRoot: string = join(import.meta.dirname, "../../..");

/** A `package.json`, as far as anybody here reads it. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: unknown;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface PublishedPackage {
  readonly folder: string;
  readonly dir: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace that is published. */
export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(workspaceRoot, "packages"))
    .toSorted()
    .map((folder) => ({ folder, dir: join(workspaceRoot, "packages", folder) }))
    .filter(({ dir }) => existsSync(join(dir, "package.json")))
    .map(({ folder, dir }) => {
      const text = readFileSync(join(dir, "package.json"), "utf8");
      // pnpm has refused manifests of another shape by now.
      return { folder, dir, manifest: JSON.parse(text) as Manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);
}
