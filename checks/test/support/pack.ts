import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import { publishedPackages } from "./workspace.ts";

/** A package as a registry would get it. */
export interface Tarball {
  readonly file: string;
  /** Paths inside the package, sorted. */
  readonly entries: readonly string[];
}

/** Packs the package in `dir` as a release would: pnpm replaces `workspace:` by versions. */
export async function pack(dir: string, into: string, name: string): Promise<Tarball> {
  const file = join(into, `${name}.tgz`);
  await runCommand("pnpm", ["pack", "--out", file], { cwd: dir });
  const { stdout } = await runCommand("tar", ["-tzf", file], { cwd: into });
  const entries = stdout.split("\n").filter((line) => line !== "");
  return { file, entries: entries.map((line) => line.replace(/^package\//u, "")).toSorted() };
}

/** Packs every published package; gives the tarballs by the package's name. */
export async function packAll(into: string): Promise<ReadonlyMap<string, Tarball>> {
  const packed = publishedPackages().map(
    async ({ dir, folder, manifest }) => [manifest.name, await pack(dir, into, folder)] as const,
  );
  return new Map(await Promise.all(packed));
}
