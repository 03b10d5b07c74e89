import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { portOf } from "@qontext/sync-log-test-support/free-port";
import { startRedis } from "@qontext/sync-log-test-support/start-redis";
import { bullmqEngine } from "@qontext/sync-log-watcher/bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { syncLogId, workspaceId } from "../redis-faults/measure-fault.ts";
import { startApi } from "../redis-faults/start-api.ts";
import { startWorker } from "../redis-faults/start-worker.ts";
import { hasPrometheus, startPrometheus } from "./support/start-prometheus.ts";
import { operationsFile } from "./support/tools.ts";

const apiKey = "q_sk_of-the-alerts";
const options =
  "--min-interval 200ms --max-interval 200ms --probe-every 1s --delivery-attempts 1 --concurrency 1 --webhook-secret-env HOOK_SECRET".split(
    " ",
  );
const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;

test.skipIf(!hasPrometheus)("each alert fires for its trouble, and for no other", async () => {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const admin = stack.adopt(new Redis(redis.url), (connection) => connection.disconnect());
  const api = stack.use(await startApi(apiKey));
  let receiverStatus = 204;
  const receiver = createServer((_, response) => response.writeHead(receiverStatus).end());
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  stack.defer(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  const hook = ["--webhook", `http://127.0.0.1:${portOf(receiver)}/`];
  const env = { HOOK_SECRET: secret };
  const worker = stack.use(
    await startWorker(redis.url, api.url, apiKey, [...options, ...hook], env),
  );
  const engine = bullmqEngine({ connection: redis.url });
  stack.defer(() => engine.close(0));
  let watched = 0;
  const watch = async (): Promise<string> => {
    const id = syncLogId(watched++);
    await engine.add({ workspaceId, id, maxWaitMs: 600_000 });
    return id;
  };
  const deliver = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) api.ended.add(await watch());
  };

  await deliver(3);
  const prometheus = stack.use(await startPrometheus(new URL(worker.url).host));
  const seen = new Set<string>();
  const becomesFiring = async (...names: string[]): Promise<void> => {
    await expect.poll(() => prometheus.firing(), { timeout: 60_000 }).toEqual(names.toSorted());
    for (const name of names) seen.add(name);
  };
  // Some scrapes and evaluations of a worker that is well.
  await sleep(3000);
  await becomesFiring();

  await watch();
  api.acceptedKey = "q_sk_another";
  await becomesFiring("SyncLogWatcherKeyRefused");
  api.acceptedKey = apiKey;
  await becomesFiring();

  process.kill(redis.pid(), "SIGSTOP");
  await becomesFiring("SyncLogWatcherRedisFailing");
  process.kill(redis.pid(), "SIGCONT");
  await becomesFiring();

  // The one poll that may run does not come back; the next ones were due ten minutes ago.
  const polling = async (): Promise<number> => (await engine.overview()).counts.polling;
  const occupy = async (): Promise<void> => {
    api.isSilent = true;
    await expect.poll(polling).toBe(1);
  };
  await occupy();
  const keyOf = async (id: string): Promise<string> => {
    const keys = await admin.keys("{sync-log}:polls:*");
    for (const key of keys.filter((one) => /:[\w-]{22}$/u.test(one))) {
      if ((await admin.hget(key, "data"))?.includes(id)) return key;
    }
    throw new Error("The watch is not there.");
  };
  // Several: one that is tried after the client's timeout leaves others.
  for (let n = 0; n < 5; n += 1) {
    const key = await keyOf(await watch());
    const stored = Object(JSON.parse((await admin.hget(key, "data")) ?? ""));
    const dueAtMs = Date.now() - 600_000;
    await admin.hset(key, "data", JSON.stringify({ ...stored, dueAtMs }));
  }
  await becomesFiring("SyncLogWatcherPollsLate");
  api.isSilent = false;
  await becomesFiring();

  receiverStatus = 410;
  await deliver(4);
  await becomesFiring("SyncLogWatcherDeliveriesFailing", "SyncLogWatcherOutcomesParked");
  receiverStatus = 204;
  await engine.redrive();
  await deliver(5);
  await becomesFiring();

  await occupy();
  const unreadable = await watch();
  await admin.hset(await keyOf(unreadable), "data", "{}");
  api.isSilent = false;
  await becomesFiring("SyncLogWatcherOutcomesParked", "SyncLogWatcherUnreadable");

  worker.kill("SIGKILL");
  // What no worker tells any more is not known.
  await becomesFiring("SyncLogWatcherDown", "SyncLogWatcherUnreadable");

  const rules = readFileSync(operationsFile("alerts.yaml"), "utf8");
  const all = [...rules.matchAll(/alert: (\w+)/gu)].map(([, name = ""]) => name);
  expect([...seen].toSorted()).toEqual(all.toSorted());
});
