import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import { publishedPackages } from "./workspace.ts";

export interface Tarball {
  readonly name: string;
  readonly dir: string;
  readonly file: string;
  /** Paths inside the package, sorted. */
  readonly entries: readonly string[];
}

/** A folder outside the workspace that goes when it is disposed. */
export function scratchFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "sync-log-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Packs every published package as a release would (pnpm puts versions in the place of `workspace:`). */
export async function packAll(intoDir: string): Promise<readonly Tarball[]> {
  return Promise.all(
    publishedPackages().map(async ({ dir, manifest }) => {
      const destination = join(intoDir, manifest.name.replace("/", "__"));
      mkdirSync(destination, { recursive: true });
      const file = join(destination, "package.tgz");
      await runCommand("pnpm", ["pack", "--out", file], { cwd: dir });
      const { stdout } = await runCommand("tar", ["-tzf", file], { cwd: destination });
      const entries = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.replace(/^package\//u, ""))
        .toSorted();
      return { name: manifest.name, dir, file, entries };
    }),
  );
}
