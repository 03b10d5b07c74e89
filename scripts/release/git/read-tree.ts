import { execFile } from "node:child_process";

/** The text of every file below a folder at a commit, by its path within the folder; empty if it is not there. */
export async function readTree(
  root: string,
  commit: string,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const listed = await runGit(root, [
    "ls-tree",
    "-r",
    "-z",
    "--name-only",
    commit,
    "--",
    `${folder}/`,
  ]);
  const paths = (listed ?? "").split("\0").filter((path) => path !== "");
  const texts = await Promise.all(
    paths.map(async (path) => {
      const text = await runGit(root, ["show", `${commit}:${path}`]);
      return [path.slice(folder.length + 1), text ?? ""] as const;
    }),
  );
  return new Map(texts);
}

/** Runs git in a folder and gives what it prints; undefined when it fails or is not installed. */
export function runGit(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" } as const;
    execFile("git", args, options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
