import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { expect, test } from "vitest";
import { becomes } from "../redis-faults/until.ts";
import { syncLogId, workspaceId } from "../redis-faults/measure-fault.ts";
import { operationsFile, toolsFolder } from "./support/tools.ts";

/** Starts the example beside the packages that it imports. */
function startBoard(redisUrl: string, port: number): ChildProcess {
  const script = join(toolsFolder, `bull-board-${port}.mjs`);
  copyFileSync(operationsFile("bull-board.mjs"), script);
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, REDIS_URL: redisUrl, PORT: String(port) },
    stdio: "inherit",
  });
  child.once("exit", () => rmSync(script));
  return child;
}

test("bull-board shows the watches, and lets nobody change them", async () => {
  await using redis = await startRedis();
  const engine = bullmqEngine({ connection: redis.url });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => engine.close(0));
  for (const n of [1, 2, 3]) {
    await engine.add({ workspaceId, id: syncLogId(n), maxWaitMs: 60_000 });
  }
  const port = await freePort();
  stack.adopt(startBoard(redis.url, port), (child) => void child.kill());
  const url = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<boolean> => (await fetch(url)).ok;
  expect(await becomes(isUp, 60_000)).toBe(true);

  const queuesUrl = `${url}/api/queues?activeQueue=polls&status=latest&page=1&jobsPerPage=10`;
  const { queues } = Object(await (await fetch(queuesUrl)).json());
  expect(queues.map(({ name }: { name: string }) => name)).toEqual(["polls", "outcomes"]);
  const [polls] = queues;
  expect(polls.counts.waiting + polls.counts.prioritized).toBe(3);
  expect(polls.jobs.map(({ data }: { data: { id: string } }) => data.id).toSorted()).toEqual(
    [1, 2, 3].map(syncLogId),
  );
  const refused = await fetch(`${url}/api/queues/polls/pause`, { method: "PUT" });
  expect(refused.ok).toBe(false);
  expect((await engine.overview()).paused).toBeNull();
});
