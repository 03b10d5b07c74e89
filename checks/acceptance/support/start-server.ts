import { spawn } from "node:child_process";

/** A server in a process of its own, which ends with it. */
export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  readonly output: () => string;
}

/** Starts a server, and waits until it answers on `path`. */
export async function startServer(
  command: string,
  args: readonly string[],
  port: number,
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill("SIGKILL");
    await ended;
  };
  const url = `http://127.0.0.1:${port}${path}`;
  for (let attempt = 0; ; attempt += 1) {
    if (await answers(url)) break;
    if (child.exitCode !== null || attempt > 600) {
      await stop();
      throw new Error(`${args[0] ?? command} did not come up on ${url}:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { port, output: () => output, [Symbol.asyncDispose]: stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
