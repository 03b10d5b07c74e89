// pnpm --filter @qontext/sync-log-watcher run bench:fairness: writes FAIRNESS.md.
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import type { WatchTarget } from "../src/index.ts";
import { addWatches } from "./add-watches.ts";
import { startBenchWorker } from "./processes.ts";

const few = 3;
const many = 10_000;
const pollsPerSecond = 100;
const intervalMs = 2000;
const rounds = 20;
/** The shares of a window follow from the one before: two of them, and a little. */
const warmUpMs = 65_000;

const example = (name: string): object =>
  Object(
    JSON.parse(
      readFileSync(new URL(`../../../specs/examples/${name}.json`, import.meta.url), "utf8"),
    ),
  );

const of = (workspaceId: string, ids: readonly string[]): readonly WatchTarget[] =>
  ids.map((id) => ({ workspaceId, id }));

/** From the end of a sync of the small workspace to its outcome, in milliseconds, for so many others beside it. */
async function latenciesBeside(others: number): Promise<readonly number[]> {
  const running = example("ingesting");
  const completed = example("completed");
  const ended = new Set<string>();
  const server = createServer((request, response) => {
    const [, , workspaceId, , id = ""] = (request.url ?? "").split("/");
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...(ended.has(id) ? completed : running), workspaceId, id }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  await using stack = new AsyncDisposableStack();
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const redis = stack.use(await startRedis({ fsync: "everysec" }));
  const ids = Array.from({ length: others }, (_, n) => `sync_of-many-${n}`);
  await addWatches(redis.url, of("ws_many", ids));
  const settings = {
    redisUrl: redis.url,
    apiUrl: `http://127.0.0.1:${portOf(server)}`,
    concurrency: 50,
    rateLimit: { max: pollsPerSecond, perMs: 1000 },
    minIntervalMs: intervalMs,
    maxIntervalMs: intervalMs,
  };
  const workers = [
    stack.use(await startBenchWorker(settings)),
    stack.use(await startBenchWorker(settings)),
  ];
  const delivered = (): number => workers.reduce((sum, { outcomes }) => sum + outcomes.length, 0);

  const live = Array.from({ length: few }, (_, n) => `sync_of-few-${n}`);
  await addWatches(redis.url, of("ws_few", live));
  if (others > 0) await sleep(warmUpMs);
  const latencies: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const next = `sync_of-few-${few + round}`;
    await addWatches(redis.url, of("ws_few", [next]));
    // At any moment of the interval.
    await sleep(intervalMs * Math.random());
    const before = delivered();
    ended.add(live.shift() ?? "");
    live.push(next);
    const endedAtMs = performance.now();
    while (delivered() === before) await sleep(10);
    latencies.push(performance.now() - endedAtMs);
  }
  return latencies.toSorted((left, right) => left - right);
}

const seconds = (valueMs: number | undefined): string => `${((valueMs ?? 0) / 1000).toFixed(1)} s`;
const alone = await latenciesBeside(0);
const beside = await latenciesBeside(many);
const rows = [
  ["median", alone[rounds / 2], beside[rounds / 2]],
  ["longest", alone.at(-1), beside.at(-1)],
] as const;
const text = `# 10,000 watches beside 3

Written by \`pnpm --filter @qontext/sync-log-watcher run bench:fairness\`: ${rounds} syncs of a workspace with ${few} watches end one after the
other. All watches together may have ${pollsPerSecond} polls a second, and each would have one every ${intervalMs / 1000} seconds. With ${many.toLocaleString("en-US")} watches of another
workspace, polling in turn would take ${(many + few) / pollsPerSecond} seconds for a round.

| from the end of a sync to its outcome | alone | beside ${many.toLocaleString("en-US")} |
| --- | ---: | ---: |
${rows.map(([name, one, other]) => `| ${name} | ${seconds(one)} | ${seconds(other)} |`).join("\n")}
`;
writeFileSync(new URL("FAIRNESS.md", import.meta.url), text);
console.log(text);
