import { runGit } from "./run-git.ts";

/** The text of every file below a folder at a commit, by its path within the folder; empty when there is none. */
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
