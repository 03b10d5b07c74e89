import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../../generate/run-command.ts";

export const repositoryRoot: string = fileURLToPath(new URL("../../../..", import.meta.url));

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a process of its own, in `cwd`. */
export function runGenerator(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): CommandResult {
  const main = fileURLToPath(new URL("../../../generate/main.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: cwd, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** Runs the command in this process, with a folder that stands for both the repository and the current one. */
export async function runInProcess(
  args: readonly string[],
  folder: string,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  let output = "";
  const write = (text: string): void => {
    output += text;
  };
  const context = { root: folder, cwd: folder, writeOut: write, writeError: write };
  return { exitCode: await runCommand(args, context), output };
}
