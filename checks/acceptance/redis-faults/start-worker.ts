import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { freePort } from "@qontext/sync-log-test-support/free-port";

/** `sync-log-watcher work`, as a process of its own. */
export interface Worker extends AsyncDisposable {
  /** The lines that it printed: its outcomes. */
  readonly outcomes: { readonly id: string; readonly idempotencyKey: string }[];
  /** When it wrote lines of its log. */
  readonly loggedAtMs: number[];
  readonly log: string[];
  /** The processor time that it has taken, in milliseconds. */
  cpuMs(): number;
  /** Where it serves its health and metrics. */
  readonly url: string;
  /** What it says of its health; the reason is empty while it is well. */
  health(): Promise<{ readonly status: number; readonly reason: string }>;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<void>;
}

const command = new URL("../../../packages/watcher/dist/main.js", import.meta.url).pathname;
/** Linux counts processor time in hundredths of a second. */
const msPerTick = 10;

export async function startWorker(
  redisUrl: string,
  apiUrl: string,
  apiKey: string,
  options: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Worker> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [command, "work", "--redis", redisUrl, "--metrics-port", String(port), ...options],
    {
      env: { ...process.env, QONTEXT_API_KEY: apiKey, QONTEXT_BASE_URL: apiUrl, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const exited = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  const worker: Worker = {
    url,
    outcomes: [],
    loggedAtMs: [],
    log: [],
    cpuMs: () => {
      const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
      // The fields after the name, which may contain spaces.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) * msPerTick;
    },
    health: async () => {
      const response = await fetch(`${url}/readyz`, {
        signal: AbortSignal.timeout(5000),
      });
      const { trouble, paused } = Object(await response.json());
      return { status: response.status, reason: trouble?.message ?? paused?.reason.message ?? "" };
    },
    kill: (signal) => void child.kill(signal),
    exited,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
  createInterface(child.stdout).on("line", (line) => worker.outcomes.push(JSON.parse(line)));
  createInterface(child.stderr).on("line", (line) => {
    worker.loggedAtMs.push(Date.now());
    worker.log.push(line);
  });
  return worker;
}
