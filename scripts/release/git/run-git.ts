import { execFile } from "node:child_process";

/** Runs git in a folder and gives what it prints; undefined when it fails or is not installed. */
export function runGit(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 1 << 28, encoding: "utf8" } as const;
    execFile("git", args, options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
