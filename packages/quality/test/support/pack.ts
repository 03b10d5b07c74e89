import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** A package as a registry would get it. */
export interface Tarball {
  readonly file: string;
  /** Paths inside the package, sorted. */
  readonly entries: readonly string[];
}

export async function pack(dir: string, into: string, name: string): Promise<Tarball> {
  const file = join(into, `${name}.tgz`);
  const packed = await runCommand("pnpm", ["pack", "--out", file], dir);
  if (packed.code !== 0)
    throw new Error(`${dir} cannot be packed:\n${packed.stdout}${packed.stderr}`);
  const { stdout } = await runCommand("tar", ["-tzf", file], into);
  const entries = stdout.split("\n").filter((line) => line !== "");
  return { file, entries: entries.map((line) => line.replace(/^package\//u, "")).toSorted() };
}
