import { spawn } from "node:child_process";

/** How a command ended, and what it printed on both streams. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether another exit code than 0 is an answer and not a failure. @default false */
  readonly mayFail?: boolean;
}

/** Runs a command to its end. Variables of the environment that would change what pnpm and npm do are left out. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {}, mayFail = false }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...cleanEnvironment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0 || mayFail) resolve({ code: code ?? 1, output });
      else
        reject(new Error(`${command} ${args.join(" ")} in ${cwd} ended with ${code}:\n${output}`));
    });
  });
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|TURBO_|INIT_CWD$|NODE_ENV$|npm_(?:package|lifecycle)_)/u.test(name),
  );
  return Object.fromEntries(kept);
}
