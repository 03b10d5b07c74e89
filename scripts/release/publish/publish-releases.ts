import { join } from "node:path";
import { integrityOf, tarballProblems } from "./packed-release.ts";
import type { PackedRelease } from "./packed-release.ts";

/** How npm ended, and what it printed. */
export interface NpmResult {
  readonly code: number;
  readonly stdout: string;
}

/** What publishing needs of the world. */
export interface Publisher {
  readonly npm: (args: readonly string[]) => NpmResult;
  readonly write: (line: string) => void;
}

/**
 * Publishes tarballs in the order of the plan, once all of them are known to be the ones that were packed. What the registry has
 * already stays, so that a run that was interrupted can be repeated.
 *
 * @returns whether everything is published now.
 */
export function publishReleases(
  folder: string,
  releases: readonly PackedRelease[],
  { npm, write }: Publisher,
): boolean {
  const problems = tarballProblems(folder, releases);
  for (const problem of problems) write(`${problem}.`);
  if (problems.length > 0) {
    write("Nothing was published.");
    return false;
  }
  for (const { name, version, access, tag, tarball } of releases) {
    const spec = `${name}@${version}`;
    const file = join(folder, tarball.path);
    const { code, stdout } = npm(["view", spec, "dist.integrity", "--json"]);
    const published = code === 0 && stdout.trim() !== "" ? String(JSON.parse(stdout)) : undefined;
    if (published === integrityOf(file, "sha512")) {
      write(`${spec} is published already.`);
    } else if (published !== undefined) {
      write(`${spec} is published already, with other contents: raise the version.`);
      return false;
    } else if (
      npm(["publish", file, "--ignore-scripts", "--access", access, "--tag", tag]).code !== 0
    ) {
      write(`${spec} was not published; run this again.`);
      return false;
    } else write(`${spec} is published.`);
  }
  return true;
}
