import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The generated files of one or more folders. */
export interface OutputFiles {
  /** Texts by absolute paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** Whether the folders hold nothing else: any other file in them is left from an earlier generation. */
  readonly isExclusive: boolean;
}

/** How what is on the disk differs from what should be there. */
export interface Drift {
  readonly kind: "stale" | "missing" | "extra";
  readonly path: string;
}

/** Compares with the disk. Empty if there is no difference. */
export async function findDrift(files: OutputFiles): Promise<readonly Drift[]> {
  const drifts: Drift[] = [];
  for (const [path, text] of files.texts) {
    const found = await readText(path);
    if (found === undefined) drifts.push({ kind: "missing", path });
    else if (found !== text) drifts.push({ kind: "stale", path });
  }
  const extra = await findExtraFiles(files);
  return [...drifts, ...extra.map((path) => ({ kind: "extra" as const, path }))];
}

/**
 * Writes all files, and removes what an earlier generation left. The texts are written beside their places first, and moved
 * when all of them could be written.
 */
export async function writeFiles(files: OutputFiles): Promise<void> {
  const scratchFolders: string[] = [];
  const moves: (readonly [string, string])[] = [];
  try {
    for (const folder of foldersOf(files)) {
      await mkdir(folder, { recursive: true });
      const scratch = await mkdtemp(join(dirname(folder), ".generating-"));
      scratchFolders.push(scratch);
      for (const [path, text] of files.texts) {
        if (dirname(path) !== folder) continue;
        const staged = join(scratch, String(moves.length));
        await writeFile(staged, text);
        moves.push([staged, path]);
      }
    }
    for (const [staged, path] of moves) await rename(staged, path);
    for (const path of await findExtraFiles(files)) await rm(path);
  } finally {
    for (const scratch of scratchFolders) await rm(scratch, { recursive: true, force: true });
  }
}

async function findExtraFiles({ texts, isExclusive }: OutputFiles): Promise<readonly string[]> {
  const extra: string[] = [];
  for (const folder of foldersOf({ texts, isExclusive })) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (!entry.isFile() || texts.has(path)) continue;
      if (isExclusive || isGenerated((await readText(path)) ?? "")) extra.push(path);
    }
  }
  return extra.toSorted();
}

/** A folder of the user's may hold other files; what is ours says so in its first line. */
function isGenerated(text: string): boolean {
  return /^(?:\/\/|\{ "x-generated":) ?"?Generated from .* by `pnpm generate/.test(text);
}

function foldersOf({ texts }: OutputFiles): ReadonlySet<string> {
  return new Set([...texts.keys()].map((path) => dirname(path)));
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
