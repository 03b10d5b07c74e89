import { spawn } from "node:child_process";

/** How a command ended, and what it printed. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** How a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  /** The whole environment. @default {@link commandEnvironment} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The exit codes to accept. @default [0] */
  readonly codes?: readonly number[] | "any";
}

/**
 * Runs a command to its end.
 *
 * @throws Error with everything that the command printed, when its exit code is not an accepted one or it cannot start.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = commandEnvironment(), codes = [0] }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr, output] = ["", "", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    output += text;
  });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>(
    (resolve, reject) => {
      child.once("error", reject);
      child.once("close", (...[exitCode, by]) => resolve({ code: exitCode, signal: by }));
    },
  );
  const isAccepted = code !== null && (codes === "any" || codes.includes(code));
  if (isAccepted) return { code, stdout, stderr, output };
  throw new Error(
    `${command} ${args.join(" ")} in ${cwd} ended with ${code ?? signal}:\n${output}`,
  );
}

/** The environment of these tests, without the variables that change what npm, pnpm, turbo and vitest do. */
export function commandEnvironment(): NodeJS.ProcessEnv {
  const changing =
    /^(?:VITEST|TURBO_(?!TELEMETRY)|INIT_CWD$|NODE_ENV$|npm_(?:package|lifecycle)_)/u;
  const kept = Object.entries(process.env).filter(([name]) => !changing.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: "1" };
}
