import { spawn } from "node:child_process";
import { join } from "node:path";

export const mainFile: string = join(import.meta.dirname, "..", "..", "dist", "main.js");

export const testKey = "q_sk_test_0123456789abcdef";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; without it, it is closed. */
  readonly input?: string;
  /** Node to run it with. @default the one that runs the tests */
  readonly node?: string;
}

/** The environment of a command: nothing of the machine's but the path. */
export function cliEnv(baseUrl: string, extra: CliOptions["env"] = {}): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    QONTEXT_API_KEY: testKey,
    QONTEXT_BASE_URL: baseUrl,
    ...extra,
  };
}

/** Runs the built command in pipes to its end. */
export function runCli(
  baseUrl: string,
  args: readonly string[],
  { env = {}, input, node = process.execPath }: CliOptions = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [mainFile, ...args], { env: cliEnv(baseUrl, env) });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input ?? "");
  });
}

/** The lines of a text, without the end of the last one. */
export function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/u, "").split("\n");
}
