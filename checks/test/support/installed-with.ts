import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Manifest {
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a package.json has this shape
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The folder of a package as the code in `folder` finds it. */
export function packageFolder(name: string, folder: string): string {
  const paths = createRequire(join(folder, "package.json")).resolve.paths(name) ?? [];
  const place = paths.map((path) => join(path, name)).find(isFolder);
  if (place === undefined) throw new Error(`${name} is not installed`);
  return realpathSync(place);
}

/** The folders of a package and of everything that it installs. */
export function installedWith(folder: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(folder)) return found;
  found.add(folder);
  for (const name of Object.keys(readManifest(folder).dependencies ?? {})) {
    installedWith(packageFolder(name, folder), found);
  }
  return found;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What registries publish of every package. */
const always = ["package.json", "README.md", "LICENSE"];

/** What a package publishes, in bytes: its `files` and what is always published, or all of it. */
export function publishedBytes(folder: string): number {
  const sizeOf = (path: string): number => {
    // Of another's package all is published that is there, and some of what it lists may not be.
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true) return stat?.size ?? 0;
    const names = readdirSync(path).filter((name) => name !== "node_modules");
    return names.reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
  };
  const isOurs = !folder.includes("node_modules");
  const { files } = readManifest(folder);
  return files === undefined || !isOurs
    ? sizeOf(folder)
    : [...always, ...files].reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
}
