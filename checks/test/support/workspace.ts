import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const workspaceRoot: string = join(import.meta.dirname, "../../..");

/** The part of a `package.json` that tests read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly type?: string;
  readonly sideEffects?: unknown;
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Relative to the workspace, such as `packages/client`. */
  readonly path: string;
  /** The name of its folder, such as `client`. */
  readonly folder: string;
  /** Absolute. */
  readonly dir: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace, by path. */
export function workspacePackages(): readonly WorkspacePackage[] {
  const yaml = readFileSync(join(workspaceRoot, "pnpm-workspace.yaml"), "utf8");
  const [, list = ""] = /^packages:\n((?: {2}- .+\n)+)/mu.exec(yaml) ?? [];
  return [...list.matchAll(/- (.+)/gu)]
    .flatMap(([, path = ""]) => (path.endsWith("/*") ? foldersIn(path.slice(0, -2)) : path))
    .toSorted()
    .filter((path) => existsSync(join(workspaceRoot, path, "package.json")))
    .map((path) => {
      const dir = join(workspaceRoot, path);
      // pnpm has refused manifests of another shape by now.
      const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as Manifest;
      return { path, folder: path.split("/").at(-1) ?? path, dir, manifest };
    });
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(join(workspaceRoot, path)).map((name) => `${path}/${name}`);
}

/** Every package of the workspace that is published. */
export function publishedPackages(): readonly WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => manifest.private !== true);
}
