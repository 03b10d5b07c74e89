import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { addWatches } from "./add-watches.ts";
import { startApi, startBenchWorker } from "./processes.ts";
import { costBetween, readRedisCost } from "./redis-cost.ts";

/** How many polls so many workers manage. */
export interface Throughput {
  readonly workers: number;
  readonly pollsPerSecond: number;
  readonly commandsPerPoll: number;
  readonly callsPerPoll: number;
  readonly bytesPerPoll: number;
  readonly workerCpuMsPerPoll: number;
  readonly redisCpuMsPerPoll: number;
  /** Of a watch that has been polled. */
  readonly redisBytesPerWatch: number;
}

const warmUpMs = 2000;
const spanMs = 8000;

/** Polls as fast as it goes, without a rate limit, against an API that costs nothing. */
export async function measureThroughput(count: number): Promise<Throughput> {
  await using redis = await startRedis({ fsync: "everysec" });
  await using api = await startApi("static-api-process.ts");
  const empty = await readRedisCost(redis.url);
  const ids = Array.from({ length: 2000 }, (_, n) => ({
    workspaceId: "ws_1",
    id: `sync_${n}`,
  }));
  await addWatches(redis.url, ids);
  await using stack = new AsyncDisposableStack();
  const settings = {
    redisUrl: redis.url,
    apiUrl: api.url,
    concurrency: 50,
    rateLimit: null,
    polls: "single" as const,
    minIntervalMs: 1,
    maxIntervalMs: 1,
  };
  const workers = await Promise.all(
    Array.from({ length: count }, async () => stack.use(await startBenchWorker(settings))),
  );
  const sum = (read: (worker: (typeof workers)[number]) => number): number =>
    workers.reduce((total, worker) => total + read(worker), 0);
  const counted = (): { polls: number; cpuMs: number; atMs: number } => ({
    polls: sum(({ latest }) => latest.polls),
    cpuMs: sum(({ latest }) => latest.cpuMs),
    atMs: performance.now(),
  });
  await sleep(warmUpMs);
  const before = counted();
  const costBefore = await readRedisCost(redis.url);
  await sleep(spanMs);
  const after = counted();
  const costAfter = await readRedisCost(redis.url);
  const cost = costBetween(costBefore, costAfter);
  const polls = after.polls - before.polls;
  return {
    workers: count,
    pollsPerSecond: (polls / (after.atMs - before.atMs)) * 1000,
    commandsPerPoll: cost.commands / polls,
    callsPerPoll: cost.calls / polls,
    bytesPerPoll: (cost.bytesIn + cost.bytesOut) / polls,
    workerCpuMsPerPoll: (after.cpuMs - before.cpuMs) / polls,
    redisCpuMsPerPoll: (cost.cpuS * 1000) / polls,
    redisBytesPerWatch: (costAfter.usedBytes - empty.usedBytes) / ids.length,
  };
}
