import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where the packages are. */
export const packagesDir: string = join(dirname(dirname(import.meta.dirname)), "packages");

/** The packages, those that most need first. */
const folders = [
  "client",
  "cli",
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
  /** What it is, in a line. */
  readonly about: string;
  /** Its declarations. */
  readonly declarations: string;
}

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** Every package, by its manifest. */
export function packages(): readonly (Manifest & { readonly directory: string })[] {
  return folders.map((folder) => {
    const directory = join(packagesDir, folder);
    const manifest: Manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    return { ...manifest, directory };
  });
}

/** What the modules beside the main ones are. */
const subpaths: Readonly<Record<string, string>> = {
  "sync-log-client/node": "transports for many calls, on undici and on node:http",
  "sync-log-client/openapi": "the typed client of openapi-fetch on the same transport",
  "sync-log-client/testing": "a virtual clock",
  "sync-log-client/wait": "the scheduling rules of waits as pure functions",
  "sync-log-watcher/bullmq": "the engine on BullMQ and Redis",
  "sync-log-mock/vitest": "a fixture that gives each test a mock",
  "sync-log-contract/vitest": "a suite of all checks, and a matcher for responses",
  "sync-log-schema/validators": "a validator of each schema",
  "sync-log-schema/tools": "the operations as tools of agents",
  "sync-log-schema/openapi": "the OpenAPI document as a value",
};

/** Every module that the packages export, with its declarations. The package of the command exports nothing but its version. */
export function packageModules(): readonly PackageModule[] {
  return packages()
    .filter(({ directory }) => basename(directory) !== "cli")
    .flatMap(({ directory, description, exports = {}, ...manifest }) =>
      Object.entries(exports).flatMap(([subpath, target]) => {
        if (typeof target === "string" || target.types === undefined) return [];
        const name = subpath.replace(/^\./u, manifest.name);
        const path = name.replace(/^@[^/]+\//u, "");
        const about = subpath === "." ? description : subpaths[path];
        if (about === undefined) throw new Error(`Say in ${import.meta.filename} what ${path} is.`);
        return [{ name, path, about, declarations: join(directory, target.types) }];
      }),
    );
}
