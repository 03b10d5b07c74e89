import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type {
  BenchMessage,
  BenchReport,
  BenchSync,
  BenchWorkerSettings,
} from "./bench-protocol.ts";

const scriptOf = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** A process that ends with its scope. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
}

function running(child: ChildProcess): Running {
  return {
    child,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function firstText(child: ChildProcess): Promise<string> {
  const gone = new AbortController();
  const onExit = (): void => gone.abort(new Error("A process of the bench has ended."));
  child.once("exit", onExit);
  const [message]: unknown[] = await once(child, "message", { signal: gone.signal });
  child.off("exit", onExit);
  return typeof message === "string" ? message : "";
}

/** An API in a process of its own. */
export async function startApi(
  script: "syncs-process.ts" | "static-api-process.ts",
): Promise<Running & { readonly url: string }> {
  const child = fork(scriptOf(script), []);
  return { ...running(child), url: await firstText(child) };
}

/** Creates syncs in the mock. */
export async function createSyncs(mock: Running, syncs: readonly BenchSync[]): Promise<void> {
  for (let from = 0; from < syncs.length; from += 1000) {
    mock.child.send(JSON.stringify(syncs.slice(from, from + 1000)));
    await firstText(mock.child);
  }
}

/** What a worker has told so far. */
export interface BenchWorker extends Running {
  latest: BenchReport;
  /** The idempotency keys that `onOutcome` was called with. */
  readonly outcomes: string[];
  readonly latenciesMs: number[];
}

/** Starts a worker process; resolves once it works. */
export async function startBenchWorker(settings: BenchWorkerSettings): Promise<BenchWorker> {
  const child = fork(scriptOf("bench-worker.ts"), [JSON.stringify(settings)]);
  const latest: BenchReport = { type: "report", polls: 0, lists: 0, rateLimitWaits: 0, cpuMs: 0 };
  const worker: BenchWorker = { ...running(child), latest, outcomes: [], latenciesMs: [] };
  child.on("message", (text) => {
    const message: BenchMessage = JSON.parse(typeof text === "string" ? text : "{}");
    if (message.type === "report") worker.latest = message;
    else if (message.type === "outcome") worker.outcomes.push(message.key);
    else worker.latenciesMs.push(message.latencyMs);
  });
  await firstText(child);
  return worker;
}
