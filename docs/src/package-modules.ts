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
    return Object.entries(manifest.exports).flatMap(([path, target]) =>
      typeof target === "string" || target.types === undefined
        ? []
        : [
            {
              name: path.replace(/^\./u, manifest.name),
              declarations: join(directory, target.types),
            },
          ],
    );
  });
}

