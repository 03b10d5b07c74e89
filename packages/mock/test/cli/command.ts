import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** A command that runs. */
export interface RunningCommand extends AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with standard output as soon as it has this text. */
  readonly printed: (text: string) => Promise<string>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ code: number | null; out: string; error: string }>;
}

/** Starts the built command as a process of its own. */
export function startCommand(args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [main, ...args]);
  let out = "";
  let error = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    for (const check of waiting) check();
  });
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, error }));
  });
  return {
    child,
    ended,
    printed: async (text) => {
      const found = new Promise<string>((resolve) => {
        const check = (): void => {
          if (out.includes(text)) resolve(out);
        };
        waiting.add(check);
        check();
      });
      const failed = ended.then(({ code }) => {
        throw new Error(`ended with ${code} and without "${text}": ${error}`);
      });
      return Promise.race([found, failed]);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
