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

/** What befalls the syncs of the small workspace, in milliseconds, sorted. */
interface Delays {
  /** From the addition of a watch to the first request that tells of its sync. */
  readonly firstPolls: readonly number[];
  /** From the end of a sync to its outcome. */
  readonly outcomes: readonly number[];
}

const sorted = (delaysMs: readonly number[]): readonly number[] =>
  delaysMs.toSorted((left, right) => left - right);

/** With so many watches of another workspace beside it. */
async function delaysBeside(others: number, polls: "auto" | "single"): Promise<Delays> {
  const running = example("ingesting");
  const completed = example("completed");
  const ended = new Set<string>();
  const idsOf = new Map<string, string[]>();
  const polledAtMs = new Map<string, number>();
  const server = createServer((request, response) => {
    const [, , workspaceId = "", , id] = (request.url ?? "").split("/");
    const logOf = (ownId: string): object => {
      if (!polledAtMs.has(ownId)) polledAtMs.set(ownId, performance.now());
      return { ...(ended.has(ownId) ? completed : running), workspaceId, id: ownId };
    };
    const answer = id === undefined ? (idsOf.get(workspaceId) ?? []).map(logOf) : logOf(id);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
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
  const add = async (workspaceId: string, added: readonly string[]): Promise<void> => {
    idsOf.set(workspaceId, [...(idsOf.get(workspaceId) ?? []), ...added]);
    await addWatches(redis.url, of(workspaceId, added));
  };
  await add("ws_many", ids);
  const settings = {
    redisUrl: redis.url,
    apiUrl: `http://127.0.0.1:${portOf(server)}`,
    concurrency: 50,
    rateLimit: { max: pollsPerSecond, perMs: 1000 },
    minIntervalMs: intervalMs,
    maxIntervalMs: intervalMs,
    polls,
  };
  const workers = [
    stack.use(await startBenchWorker(settings)),
    stack.use(await startBenchWorker(settings)),
  ];
  const delivered = (): number => workers.reduce((sum, { outcomes }) => sum + outcomes.length, 0);

  const live = Array.from({ length: few }, (_, n) => `sync_of-few-${n}`);
  await add("ws_few", live);
  if (others > 0) await sleep(warmUpMs);
  const firstPolls: number[] = [];
  const outcomes: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const next = `sync_of-few-${few + round}`;
    const addedAtMs = performance.now();
    await add("ws_few", [next]);
    // At any moment of the interval.
    await sleep(intervalMs * Math.random());
    const before = delivered();
    ended.add(live.shift() ?? "");
    live.push(next);
    const endedAtMs = performance.now();
    while (delivered() === before || !polledAtMs.has(next)) await sleep(10);
    outcomes.push(performance.now() - endedAtMs);
    firstPolls.push(Math.max(0, (polledAtMs.get(next) ?? Infinity) - addedAtMs));
  }
  return { firstPolls: sorted(firstPolls), outcomes: sorted(outcomes) };
}

const seconds = (valueMs: number | undefined): string => `${((valueMs ?? 0) / 1000).toFixed(1)} s`;
const alone = await delaysBeside(0, "auto");
const listed = await delaysBeside(many, "auto");
const single = await delaysBeside(many, "single");
const row = (name: string, valueOf: (delays: Delays) => number | undefined): string =>
  `| ${name} | ${[alone, listed, single].map((delays) => seconds(valueOf(delays))).join(" | ")} |`;
const besideMany = `beside ${many.toLocaleString("en-US")}`;
const text = `# 10,000 watches beside 3

Written by \`pnpm --filter @qontext/sync-log-watcher run bench:fairness\`: ${rounds} syncs of a workspace with ${few} watches end one after the
other, and others take their places. All watches together may have ${pollsPerSecond} requests a second, and each would have one every
${intervalMs / 1000} seconds. With ${many.toLocaleString("en-US")} watches of another workspace, polling in turn would take ${(many + few) / pollsPerSecond} seconds for a round.

| | alone | ${besideMany} | ${besideMany}, \`polls: "single"\` |
| --- | ---: | ---: | ---: |
${[
  row("from a new watch to its first poll, median", ({ firstPolls }) => firstPolls[rounds / 2]),
  row("longest", ({ firstPolls }) => firstPolls.at(-1)),
  row("from the end of a sync to its outcome, median", ({ outcomes }) => outcomes[rounds / 2]),
  row("longest", ({ outcomes }) => outcomes.at(-1)),
].join("\n")}
`;
writeFileSync(new URL("FAIRNESS.md", import.meta.url), text);
console.log(text);
