import { execFile } from "node:child_process";

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
  const listed = await runGit(root, list);
  const paths = (listed ?? "").split("\0").filter((path) => path !== "");
  const texts = await Promise.all(
    paths.map(async (path) => {
      const text = await runGit(root, ["show", `${commit}:${path}`]);
      return [path.slice(folder.length + 1), text ?? ""] as const;
    }),
  );
  return new Map(texts);
}

/** The version that a plan compares with, or why it is not known. */
export type Base =
  | { readonly kind: "found"; readonly commit: string; readonly label: string }
  | { readonly kind: "never-released"; readonly notice: string }
  | { readonly kind: "unknown"; readonly notice: string };

const howToGetTags =
  "get the history and the tags with `git fetch --unshallow --tags` (or `git fetch --tags` in a full clone), or name a commit with --base REF";

/**
 * The commit of `ref`, or of the newest release tag of the schema package, `<its name>@<version>`.
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
  const list = ["tag", "--list", `${schemaPackage}@*`, "--sort=-version:refname"];
  const tags = (await runGit(root, list))?.split("\n") ?? [];
  const tag = tags.find((name) => /@\d+\.\d+\.\d+$/u.test(name));
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
    `This ${shallow ? "shallow clone" : "clone"} has no tag ${schemaPackage}@${currentVersion}`,
  );
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
