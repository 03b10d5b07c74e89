import { execFile } from "node:child_process";

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Exit codes that are no failure. @default [0] */
  readonly codes?: readonly number[];
}

/** Runs a command to its end; any other exit code than the accepted ones rejects, with everything it printed. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, codes = [0] }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number" && codes.includes(code)) resolve({ code, stdout, stderr });
      else
        reject(
          new Error(`${command} ${args.join(" ")} ended with ${code}\n${stdout}${stderr}`, {
            cause: error,
          }),
        );
    });
  });
}
