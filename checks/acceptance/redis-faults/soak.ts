import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { Redis } from "ioredis";
import { type Fault, faults, pace, type Scene } from "./faults.ts";
import { syncLogId, workspaceId } from "./measure-fault.ts";
import { startAddress } from "./start-address.ts";
import { startApi } from "./start-api.ts";
import { startWorker } from "./start-worker.ts";
import { becomes } from "./until.ts";

/** What a soak came to. */
export interface Soaked {
  readonly watches: number;
  readonly faults: readonly string[];
  readonly lost: number;
  /** Delivered more than once, with the same key. */
  readonly repeated: number;
  /** Delivered with different keys. */
  readonly doubled: number;
  /** The errors and warnings of all workers. */
  readonly logLines: number;
}

/** Those that end without harm to what is stored, and leave the scene as it was. */
const repeatable: ReadonlySet<string> = new Set([
  "full",
  "stopped",
  "killed",
  "silent",
  "cut",
  "slow",
  "read-only",
  "password",
  "scripts flushed",
]);

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Faults in an order that follows from a seed, one after the other, while syncs end; then all is well, and all end. */
export async function soak(durationMs: number, seed: number, watches = 2000): Promise<Soaked> {
  await using stack = new AsyncDisposableStack();
  const random = randomFrom(seed);
  const apiKey = "q_sk_of-a-soak";
  const redis = stack.use(await startRedis());
  const admin = stack.adopt(new Redis(redis.url), (connection) => connection.disconnect());
  admin.on("error", () => undefined);
  const address = stack.use(await startAddress(Number(new URL(redis.url).port)));
  const ids = Array.from({ length: watches }, (_, n) => syncLogId(n));
  const api = stack.use(await startApi(apiKey, ids));
  const start = async () =>
    stack.use(await startWorker(address.url, api.url, apiKey, [...pace, "--max-interval", "20s"]));
  const workers = [await start(), await start(), await start()];

  const engine = bullmqEngine({ connection: redis.url });
  await Promise.all(ids.map((id) => engine.add({ workspaceId, id, maxWaitMs: 86_400_000 })));
  await engine.close(0);

  const scene: Scene = {
    redis,
    admin,
    address,
    api,
    workers,
    watchAgain: async () => undefined,
    stack,
  };
  const choices = faults.filter(({ name }) => repeatable.has(name));
  const injected: string[] = [];
  const untilMs = performance.now() + durationMs;
  while (performance.now() < untilMs) {
    const fault: Fault | undefined = choices[Math.floor(random() * choices.length)];
    if (fault === undefined) break;
    injected.push(fault.name);
    await fault.inject(scene);
    for (const id of ids) if (random() < 0.02) api.ended.add(id);
    await sleep(1000 + random() * 9000);
    await fault.heal(scene);
    for (const id of ids) if (random() < 0.02) api.ended.add(id);
    await sleep(random() * 5000);
  }
  for (const id of ids) api.ended.add(id);
  const told = () => workers.flatMap(({ outcomes }) => outcomes);
  await becomes(() => new Set(told().map(({ id }) => id)).size === watches, 120_000);

  const keysById = new Map<string, Set<string>>();
  for (const { id, idempotencyKey } of told()) {
    keysById.set(id, (keysById.get(id) ?? new Set()).add(idempotencyKey));
  }
  return {
    watches,
    faults: injected,
    lost: watches - keysById.size,
    repeated: told().length - keysById.size,
    doubled: [...keysById.values()].filter((keys) => keys.size > 1).length,
    logLines: workers.reduce((sum, { log }) => sum + log.length, 0),
  };
}
