import { execFile } from "node:child_process";
import semver from "semver";

/** Runs git in a folder and gives what it prints; undefined when it fails or is not installed. */
export function runGit(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" } as const;
    execFile("git", args, options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}

/** The text of every file below a folder at a commit, by its path within the folder; empty if it is not there. */
export async function readTree(
  root: string,
  commit: string,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const list = ["ls-tree", "-r", "-z", "--name-only", commit, "--", `${folder}/`];
  const texts = await readFiles(root, commit, lines(await runGit(root, list)));
  return new Map([...texts].map(([path, text]) => [path.slice(folder.length + 1), text]));
}

/** The texts of files at a commit, by their paths; one that is not there is left out. */
export async function readFiles(
  root: string,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const input = paths.map((path) => `${commit}:${path}\n`).join("");
  const output = await runGitBytes(root, ["cat-file", "--batch"], input);
  const texts = new Map<string, string>();
  let at = 0;
  for (const path of paths) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [, kind, size] = output.toString("utf8", at, end).split(" ");
    at = end + 1;
    if (kind !== "blob") continue;
    texts.set(path, output.toString("utf8", at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}

/** The paths below a folder that are not as they were at a commit, those included that git does not know yet. */
export async function listChanged(
  root: string,
  commit: string,
  folder: string,
): Promise<readonly string[]> {
  const [known, unknownYet] = await Promise.all([
    runGit(root, ["diff", "--name-only", "--no-renames", "-z", commit, "--", folder]),
    runGit(root, ["ls-files", "--others", "--exclude-standard", "-z", "--", folder]),
  ]);
  return [...lines(known), ...lines(unknownYet)];
}

function lines(output: string | undefined): readonly string[] {
  return (output ?? "").split("\0").filter((path) => path !== "");
}

function runGitBytes(root: string, args: readonly string[], input: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 1 << 28, encoding: "buffer" } as const;
    const child = execFile("git", args, options, (_error, stdout) => resolve(stdout));
    child.stdin?.end(input);
  });
}

/** The version that a plan compares with, or why it is not known. */
export type Base =
  | { readonly kind: "found"; readonly commit: string; readonly label: string }
  | { readonly kind: "never-released"; readonly notice: string }
  | { readonly kind: "unknown"; readonly notice: string };

const howToGetTags =
  "get the history and the tags with `git fetch --unshallow --tags` (or `git fetch --tags` in a full clone), or name a commit with --base REF";

/**
 * The commit of `ref`, or of the newest release tag of the schema package that HEAD has behind it, `<its name>@<version>`.
 *
 * @param currentVersion - The package's version in the working tree: 0.0.0 has never been released.
 */
export async function findBase(
  root: string,
  schemaPackage: string,
  currentVersion: string,
  ref: string | undefined,
): Promise<Base> {
  if (ref !== undefined) {
    const commit = await commitOf(root, ref);
    if (commit) return { kind: "found", commit, label: ref };
    return unknown(`There is no commit \`${ref}\` in this clone`);
  }
  // A tag on another branch is a release that this one does not have.
  const list = ["tag", "--merged", "HEAD", "--list", `${schemaPackage}@*`];
  const tags = (await runGit(root, list))?.split("\n") ?? [];
  const tag = newest(tags, schemaPackage);
  const commit = tag === undefined ? undefined : await commitOf(root, tag);
  if (tag !== undefined && commit !== undefined) return { kind: "found", commit, label: tag };
  if (currentVersion === "0.0.0") {
    const notice = `Nothing to compare with: ${schemaPackage} has never been released (its version is 0.0.0).`;
    return { kind: "never-released", notice };
  }
  if ((await runGit(root, ["rev-parse", "--git-dir"])) === undefined) {
    return unknown("This folder is not a git clone");
  }
  const shallow = (await runGit(root, ["rev-parse", "--is-shallow-repository"]))?.trim() === "true";
  return unknown(
    `This ${shallow ? "shallow clone" : "clone"} has no tag ${schemaPackage}@${currentVersion} behind HEAD`,
  );
}

/** The tag of the newest version that is no prerelease. */
function newest(tags: readonly string[], schemaPackage: string): string | undefined {
  const versions = tags.map((tag) => tag.slice(schemaPackage.length + 1));
  const released = versions.filter(
    (version) => semver.valid(version) && !semver.prerelease(version),
  );
  const [greatest] = released.toSorted(semver.rcompare);
  return greatest === undefined ? undefined : `${schemaPackage}@${greatest}`;
}

function unknown(what: string): Base {
  const notice = `${what}, so there is no release to compare with: ${howToGetTags}.`;
  return { kind: "unknown", notice };
}

async function commitOf(root: string, ref: string): Promise<string | undefined> {
  // A ref that begins with a hyphen would be read as an option.
  const verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return (await runGit(root, verify))?.trim().split("\n").at(-1);
}
