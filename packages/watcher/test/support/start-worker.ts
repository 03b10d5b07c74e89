import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WatchOutcome, WatchOverview, WatchStage, WatchStatus } from "../../src/index.ts";
import type { WorkerCommand, WorkerMessage, WorkerSettings } from "./worker-protocol.ts";
import { until } from "./until.ts";

/** A machine that watches, as a process of its own. */
export interface TestWorker {
  /** Everything it has told, oldest first. */
  readonly messages: WorkerMessage[];
  /** The outcomes that `onOutcome` was called with. */
  outcomes(): WatchOutcome[];
  /** Those that it accepted, by idempotency key. */
  accepted(): string[];
  call(command: WorkerCommand): Promise<unknown>;
  overview(): Promise<WatchOverview>;
  list(stage?: WatchStage): Promise<WatchStatus[]>;
  /** How many deliveries it has counted. */
  delivered(): number;
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  hasExited(): boolean;
  /** Resolves once the process is gone. */
  readonly exit: Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const script = fileURLToPath(new URL("../fixtures/worker.ts", import.meta.url));
const dieAtWrite = new URL("../fixtures/die-at-write.mjs", import.meta.url).href;
const skewedDate = new URL("../fixtures/skewed-date.mjs", import.meta.url).href;

/** What befalls a machine. */
export interface Fate {
  /** Its clock is that far ahead. */
  readonly skewMs?: number;
  /** It dies at its n-th write to Redis: just before it, or just after. */
  readonly death?: { readonly atWrite: number; readonly before: boolean };
}

function preloads({ skewMs, death }: Fate): string[] {
  const files = [...(skewMs === undefined ? [] : [skewedDate]), ...(death ? [dieAtWrite] : [])];
  return files.flatMap((file) => ["--import", file]);
}

export async function startWorker(settings: WorkerSettings, fate: Fate = {}): Promise<TestWorker> {
  const { skewMs = 0, death } = fate;
  const child = fork(script, [JSON.stringify(settings)], {
    execArgv: preloads(fate),
    env: {
      ...process.env,
      SKEW_MS: String(skewMs),
      DIE_PORT: new URL(settings.redisUrl).port,
      DIE_AT_WRITE: String(death?.atWrite),
      DIE_BEFORE: death?.before === true ? "1" : "0",
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const messages: WorkerMessage[] = [];
  let calls = 0;
  let exited = false;
  const exit = new Promise<void>((resolve) => {
    child.once("exit", () => {
      exited = true;
      resolve();
    });
  });
  child.on("message", (message) => {
    const told: WorkerMessage = JSON.parse(typeof message === "string" ? message : "{}");
    messages.push(told);
  });
  const isReady = (): boolean => messages.some(({ type }) => type === "ready");
  await until("the worker is ready", () => exited || isReady());
  if (exited && death === undefined) throw new Error("The worker ended instead of starting.");

  const ofType = <Type extends WorkerMessage["type"]>(
    type: Type,
  ): Extract<WorkerMessage, { type: Type }>[] =>
    messages.filter(
      (message): message is Extract<WorkerMessage, { type: Type }> => message.type === type,
    );
  const kill = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    if (!exited) child.kill(signal);
    await exit;
  };
  const call = async (command: WorkerCommand): Promise<unknown> => {
    calls++;
    const number = calls;
    child.send(JSON.stringify({ ...command, call: number }));
    const answer = (): Extract<WorkerMessage, { type: "done" }> | undefined =>
      ofType("done").find((message) => message.call === number);
    await until(`the worker's answer to ${command.do}`, () => answer() !== undefined || exited);
    const error = answer()?.error;
    if (error !== undefined) throw new Error(error);
    return answer()?.value;
  };
  return {
    messages,
    outcomes: () => ofType("outcome").map(({ outcome }) => outcome),
    accepted: () => ofType("accepted").map(({ idempotencyKey }) => idempotencyKey),
    call,
    overview: async () => {
      const { counts, paused, oldestDueMs } = Object(await call({ do: "overview" }));
      return { counts, paused, oldestDueMs };
    },
    list: async (stage) => {
      const found: unknown = await call(
        stage === undefined ? { do: "list" } : { do: "list", stage },
      );
      return Array.isArray(found) ? found : [];
    },
    delivered: () => ofType("delivered").length,
    signal: (signal) => void child.kill(signal),
    kill,
    hasExited: () => exited,
    exit,
    [Symbol.asyncDispose]: () => kill("SIGKILL"),
  };
}
