import { Readable } from "node:stream";
import { runCommandLine } from "../../src/run-command-line.ts";
import type { CliRun } from "./run-cli.ts";
import { testKey } from "./run-cli.ts";

/** Runs a command within the test, where many are run and what a process is does not matter. */
export async function runInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  let [stdout, stderr] = ["", ""];
  const io = {
    stdin: Readable.from([]),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { QONTEXT_API_KEY: testKey, ...env },
  };
  // Of the streams of a process, a command in pipes uses no more.
  const code = await runCommandLine(args, io as unknown as NodeJS.Process);
  return { code, stdout, stderr };
}
