import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { addWatches } from "./add-watches.ts";
import type { BenchSync } from "./bench-protocol.ts";
import { createSyncs, startApi, startBenchWorker } from "./processes.ts";
import { costBetween, readRedisCost, type RedisCost } from "./redis-cost.ts";

/** What a run of many syncs is like. */
export interface SyncsRun {
  readonly syncs: readonly BenchSync[];
  readonly workers: number;
  readonly ratePerSecond: number;
  readonly polls?: "auto" | "single";
  /** Kills one of the workers when half of the outcomes are there. */
  readonly killHalfWay: boolean;
}

/** What came out of it. */
export interface SyncsResult {
  readonly polls: number;
  readonly lists: number;
  readonly tookS: number;
  readonly latenciesMs: readonly number[];
  readonly lost: number;
  readonly duplicates: number;
  readonly addedPerSecond: number;
  readonly cost: RedisCost;
  /** While nothing was polled: what a waiting watch takes. */
  readonly bytesPerWaiting: number;
}

/** Time enough for the last syncs to be found. */
const patienceMs = 180_000;

/** Runs many syncs of the mock over several worker processes. */
export async function runSyncs(run: SyncsRun): Promise<SyncsResult> {
  const { syncs, ratePerSecond } = run;
  await using redis = await startRedis({ fsync: "everysec" });
  await using mock = await startApi("syncs-process.ts");
  const empty = await readRedisCost(redis.url);
  const addMs = await addWatches(redis.url, syncs);
  const filled = await readRedisCost(redis.url);

  await using stack = new AsyncDisposableStack();
  // The syncs begin before anybody polls, or the first polls would find none.
  await createSyncs(mock, syncs);
  const startedAtMs = performance.now();
  const settings = {
    redisUrl: redis.url,
    apiUrl: mock.url,
    concurrency: 50,
    rateLimit: { max: ratePerSecond, perMs: 1000 },
    polls: run.polls ?? "auto",
  };
  const workers = await Promise.all(
    Array.from({ length: run.workers }, async () => stack.use(await startBenchWorker(settings))),
  );
  const outcomes = (): string[] => workers.flatMap((worker) => worker.outcomes);
  const unique = (): number => new Set(outcomes()).size;

  let killed = !run.killHalfWay;
  const deadlineMs = startedAtMs + patienceMs;
  while (unique() < syncs.length && performance.now() < deadlineMs) {
    await sleep(250);
    if (!killed && unique() > syncs.length / 2) {
      killed = true;
      workers[0]?.child.kill("SIGKILL");
    }
  }
  const tookS = (performance.now() - startedAtMs) / 1000;
  // Whatever is delivered twice comes within the time in which a dead worker's jobs are taken over.
  if (run.killHalfWay) await sleep(2000);
  const done = await readRedisCost(redis.url);
  return {
    polls: workers.reduce((sum, { latest }) => sum + latest.polls, 0),
    lists: workers.reduce((sum, { latest }) => sum + latest.lists, 0),
    tookS,
    latenciesMs: workers.flatMap((worker) => worker.latenciesMs),
    lost: syncs.length - unique(),
    duplicates: outcomes().length - unique(),
    addedPerSecond: (syncs.length / addMs) * 1000,
    cost: costBetween(empty, done),
    bytesPerWaiting: (filled.usedBytes - empty.usedBytes) / syncs.length,
  };
}
