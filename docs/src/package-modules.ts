import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the packages are. */
export const packagesDir: string = join(dirname(dirname(import.meta.dirname)), "packages");

/** The packages with an interface for programs, those that most need first. */
const folders = [
  "client",
  "watcher",
  "mock",
  "contract",
  "schema",
  "document",
  "redact",
  "command-line",
];

/** A module that a package exports. */
export interface PackageModule {
  /** As it is imported: `@qontext/sync-log-client/node`. */
  readonly name: string;
  /** The same without the scope, which is where its page is: `sync-log-client/node`. */
  readonly path: string;
  /** Its declarations. */
  readonly declarations: string;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** Every module that the packages export, with its declarations. */
export function packageModules(): readonly PackageModule[] {
  return folders.flatMap((folder) => {
    const directory = join(packagesDir, folder);
    const manifest: Manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
      if (typeof target === "string" || target.types === undefined) return [];
      const name = subpath.replace(/^\./u, manifest.name);
      const path = name.replace(/^@[^/]+\//u, "");
      return [{ name, path, declarations: join(directory, target.types) }];
    });
  });
}
