import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { Redis } from "ioredis";
import { type Fault, pace, type Scene } from "./faults.ts";
import { startAddress } from "./start-address.ts";
import { startApi } from "./start-api.ts";
import { startWorker } from "./start-worker.ts";
import { becomes } from "./until.ts";

/** What became of the promises under a fault. Times are in milliseconds. */
export interface Measured {
  readonly fault: string;
  readonly cause: string;
  /** Watches without an outcome in the end. */
  readonly lost: number;
  /** Outcomes that were delivered more than once, with the same key. */
  readonly repeated: number;
  /** Outcomes of one watch with different keys. */
  readonly doubled: number;
  /** From the fault until `/readyz` said so; null if it did not. */
  readonly toldAfterMs: number | null;
  readonly reason: string;
  /** From the end of the fault until `/readyz` was well; null if it did not become so. */
  readonly wellAfterMs: number | null;
  readonly logLinesPerMinute: number;
  /** Of one processor, by a worker that has nothing to do; null if it has. */
  readonly idleCpuPercent: number | null;
  /** From the end of the fault to the first poll; null if none came. */
  readonly firstPollAfterMs: number | null;
  /** From SIGTERM, in the middle of the fault, to the end of the process. */
  readonly exitAfterMs: number;
  /** What falls short of its promise. */
  readonly short: readonly string[];
}

export const limits = {
  logLinesPerMinute: 60,
  idleCpuPercent: 5,
  firstPollAfterMs: 10_000,
  /** The grace of `close`, and a second. */
  exitAfterMs: 4500,
} as const;

const watches = 30;
const holdMs = 20_000;
const settledMs = 5000;
const apiKey = "q_sk_of-a-fault";
export const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";
export const syncLogId = (n: number): string =>
  `sync_00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** Starts a Redis, an API and three workers, injects the fault, ends it, and waits for all outcomes. */
export async function measureFault(fault: Fault): Promise<Measured> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis(fault.redis ?? {}));
  const admin = stack.adopt(new Redis(redis.url), (connection) => connection.disconnect());
  admin.on("error", () => undefined);
  const address = stack.use(await startAddress(Number(new URL(redis.url).port)));
  const ids = Array.from({ length: watches }, (_, n) => syncLogId(n));
  const api = stack.use(await startApi(apiKey, ids));
  const start = async () => stack.use(await startWorker(address.url, api.url, apiKey, pace));
  const workers = [await start(), await start()];
  const leaving = await start();
  const told = () => [...workers, leaving].flatMap(({ outcomes }) => outcomes);

  const watchAgain = async (): Promise<void> => {
    const engine = bullmqEngine({ connection: redis.url });
    const known = new Set(told().map(({ id }) => id));
    const missing = ids.filter((id) => !known.has(id));
    // A call that a busy machine could not answer in time is made again, as the error says.
    await becomes(async () => {
      await Promise.all(missing.map((id) => engine.add({ workspaceId, id, maxWaitMs: 600_000 })));
      return true;
    }, 60_000);
    await engine.close(0);
  };
  await watchAgain();
  if (!(await becomes(() => api.reads.size === watches, 90_000))) throw new Error("No polls.");
  const [first] = workers;
  if (first === undefined) throw new Error("No worker.");

  const scene: Scene = { redis, admin, address, api, workers, watchAgain, stack };
  let toldAtMs: number | null = null;
  let reason = "";
  let wellAtMs: number | null = null;
  let endedAtMs = Infinity;
  const watchHealth = async (): Promise<void> => {
    const health = await first.health().catch(() => null);
    if (health === null) return;
    if (health.status !== 200 && toldAtMs === null) {
      toldAtMs = Date.now();
      reason = health.reason;
    }
    if (health.status === 200 && Date.now() > endedAtMs) wellAtMs ??= Date.now();
  };
  const timer = setInterval(() => void watchHealth(), 500);
  stack.defer(() => clearInterval(timer));

  const beganAtMs = Date.now();
  await fault.inject(scene);
  // These end while Redis cannot be told.
  for (const id of ids.slice(0, watches / 3)) api.ended.add(id);
  await sleep(settledMs);
  const cpuBeforeMs = first.cpuMs();
  const cpuFromMs = performance.now();
  await sleep(settledMs);
  leaving.kill("SIGTERM");
  const termAtMs = performance.now();
  await leaving.exited;
  const exitAfterMs = performance.now() - termAtMs;
  await sleep(Math.max(0, beganAtMs + holdMs - Date.now()));
  const cpuShare = (first.cpuMs() - cpuBeforeMs) / (performance.now() - cpuFromMs);
  const lines = first.loggedAtMs.filter((atMs) => atMs >= beganAtMs).length;
  const heldMs = Date.now() - beganAtMs;

  await fault.heal(scene);
  endedAtMs = Date.now();
  const polled = await becomes(() => api.firstReadAfter(endedAtMs) !== null, 60_000);
  const firstReadAtMs = polled ? (api.firstReadAfter(endedAtMs) ?? Infinity) : Infinity;
  for (const id of ids) api.ended.add(id);
  await becomes(() => new Set(told().map(({ id }) => id)).size === watches, 90_000);
  await becomes(() => wellAtMs !== null, 15_000);
  // What is delivered twice would be so after the locks of those that went away.
  await sleep(1000);

  const keysById = new Map<string, string[]>();
  for (const { id, idempotencyKey } of told()) {
    keysById.set(id, [...(keysById.get(id) ?? []), idempotencyKey]);
  }
  const groups = [...keysById.values()];
  const measured = {
    fault: fault.name,
    cause: fault.cause,
    lost: watches - keysById.size,
    repeated: groups.reduce((sum, keys) => sum + keys.length - 1, 0),
    doubled: groups.filter((keys) => new Set(keys).size > 1).length,
    toldAfterMs: toldAtMs === null ? null : toldAtMs - beganAtMs,
    reason,
    wellAfterMs: wellAtMs === null ? null : wellAtMs - endedAtMs,
    logLinesPerMinute: Math.round((lines * 60_000) / heldMs),
    idleCpuPercent: fault.isBusy === true ? null : Math.round(cpuShare * 1000) / 10,
    firstPollAfterMs: Number.isFinite(firstReadAtMs) ? firstReadAtMs - endedAtMs : null,
    exitAfterMs: Math.round(exitAfterMs),
  };
  return { ...measured, short: shortcomings(measured, fault) };
}

function shortcomings(measured: Omit<Measured, "short">, { isTold }: Fault): string[] {
  const { lost, doubled, toldAfterMs, wellAfterMs } = measured;
  const over = Object.entries(limits).flatMap(([name, limit]) => {
    const value = new Map<string, unknown>(Object.entries(measured)).get(name);
    return value === null && name === "idleCpuPercent"
      ? []
      : Number(value ?? Infinity) > limit
        ? [name]
        : [];
  });
  return [
    ...(lost > 0 ? ["lost"] : []),
    ...(doubled > 0 ? ["doubled"] : []),
    ...(isTold && toldAfterMs === null ? ["toldAfterMs"] : []),
    ...(isTold && wellAfterMs === null && measured.fault !== "key replaced" ? ["wellAfterMs"] : []),
    ...over,
  ];
}
