import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { startRedis, type TestRedis } from "@qontext/sync-log-test-support/start-redis";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { Redis } from "ioredis";
import type { Address } from "./start-address.ts";
import type { Api } from "./start-api.ts";
import { startWorker, type Worker } from "./start-worker.ts";
import { becomes } from "./until.ts";

/** All that a fault may lay hands on. */
export interface Scene {
  readonly redis: TestRedis;
  /** A connection that does not take the way of the workers. */
  readonly admin: Redis;
  readonly address: Address;
  readonly api: Api;
  /** The workers that stay. */
  readonly workers: Worker[];
  /** Adds every watch again, as the service that started the syncs would. */
  watchAgain(): Promise<void>;
  /** For what has to end with the scene. */
  readonly stack: AsyncDisposableStack;
}

/** Something that goes wrong, and what would cause it. */
export interface Fault {
  readonly name: string;
  /** How it is brought about. */
  readonly cause: string;
  readonly redis?: { readonly settings: readonly string[] };
  /** Whether `/readyz` has to say so. */
  readonly isTold: boolean;
  /** Whether the workers have something to do meanwhile. */
  readonly isBusy?: boolean;
  inject(scene: Scene): Promise<void>;
  heal(scene: Scene): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;
const portOfUrl = (url: string): number => Number(new URL(url).port);

async function kill(redis: TestRedis): Promise<void> {
  await redis.kill();
}

/** A primary behind the address, and a replica that has all that the primary has. */
async function startReplica({ redis, admin, stack }: Scene): Promise<TestRedis> {
  const replica = stack.use(await startRedis());
  const other = stack.adopt(new Redis(replica.url), (connection) => connection.disconnect());
  await other.replicaof("127.0.0.1", portOfUrl(redis.url));
  const isInSync = async (): Promise<boolean> =>
    (await admin.info("replication")).includes("state=online");
  if (!(await becomes(isInSync, 20_000))) throw new Error("The replica did not come in sync.");
  return replica;
}

export const faults: readonly Fault[] = [
  {
    name: "full",
    cause: "`CONFIG SET maxmemory 1`, noeviction",
    isTold: true,
    inject: async ({ admin }) => void (await admin.config("SET", "maxmemory", "1")),
    heal: async ({ admin }) => void (await admin.config("SET", "maxmemory", "0")),
  },
  {
    name: "stopped",
    cause: "SIGSTOP, SIGCONT",
    isTold: true,
    inject: async ({ redis }) => void process.kill(redis.pid(), "SIGSTOP"),
    heal: async ({ redis }) => void process.kill(redis.pid(), "SIGCONT"),
  },
  {
    name: "killed",
    cause: "SIGKILL, started again on the same files",
    isTold: true,
    inject: ({ redis }) => kill(redis),
    heal: ({ redis }) => redis.start(),
  },
  {
    name: "silent",
    cause: "a route that is dropped: connections stay open and bring nothing, for ever",
    isTold: true,
    inject: async ({ address }) => void (address.silent = true),
    heal: async ({ address }) => void (address.silent = false),
  },
  {
    name: "cut",
    cause: "every connection closed each half second",
    isTold: false,
    isBusy: true,
    inject: async ({ address, stack }) => {
      const timer = setInterval(() => address.cut(), 500);
      stack.defer(() => clearInterval(timer));
      cutting.set(address, timer);
    },
    heal: async ({ address }) => clearInterval(cutting.get(address)),
  },
  {
    name: "slow",
    cause: "every packet takes a second in each direction",
    isTold: false,
    isBusy: true,
    inject: async ({ address }) => void (address.delayMs = 1000),
    heal: async ({ address }) => void (address.delayMs = 0),
  },
  {
    name: "failed over",
    cause:
      "`FAILOVER`: a replica promoted behind the same address, the old primary demoted, its connections kept",
    isTold: false,
    isBusy: true,
    inject: async (scene) => {
      const replica = await startReplica(scene);
      await scene.admin.call("FAILOVER");
      const isDemoted = async (): Promise<boolean> =>
        (await scene.admin.info("replication")).includes("role:slave");
      await becomes(isDemoted, 20_000);
      scene.address.leadTo(portOfUrl(replica.url));
    },
    heal: nothing,
  },
  {
    name: "read-only",
    cause: "`REPLICAOF` of a primary that is not there, connections kept",
    isTold: true,
    inject: async ({ admin }) => void (await admin.replicaof("127.0.0.1", await freePort())),
    heal: async ({ admin }) => void (await admin.replicaof("NO", "ONE")),
  },
  {
    name: "password",
    cause: "`CONFIG SET requirepass`, connections closed: NOAUTH",
    isTold: true,
    inject: async ({ admin, address }) => {
      await admin.config("SET", "requirepass", "another");
      address.cut();
    },
    heal: async ({ admin }) => void (await admin.config("SET", "requirepass", "")),
  },
  {
    name: "loading",
    cause: "SIGKILL, and a start that reads its files for long: LOADING",
    isTold: true,
    inject: async ({ redis, admin }) => {
      await admin.bgrewriteaof();
      const isRewritten = async (): Promise<boolean> =>
        (await admin.info("persistence")).includes("aof_rewrite_in_progress:0");
      await sleep(500);
      await becomes(isRewritten, 20_000);
      await kill(redis);
      // Not awaited: it answers when it has read all.
      loading.set(
        redis,
        redis.start([
          "--key-load-delay",
          "200000",
          "--loading-process-events-interval-bytes",
          "1024",
        ]),
      );
      await sleep(1000);
    },
    heal: async ({ redis }) => loading.get(redis),
  },
  {
    name: "disk full",
    cause: "`prlimit --fsize`: snapshots fail, writes are refused with MISCONF",
    redis: { settings: ["--appendonly", "no", "--save", "1 1"] },
    isTold: true,
    inject: async ({ redis, admin }) => {
      execFileSync("prlimit", ["--pid", String(redis.pid()), "--fsize=0:"]);
      await admin.bgsave().catch(() => undefined);
      const isRefused = async (): Promise<boolean> =>
        (await admin.info("persistence")).includes("rdb_last_bgsave_status:err");
      if (!(await becomes(isRefused, 10_000))) throw new Error("The snapshot did not fail.");
    },
    heal: async ({ redis, admin }) => {
      execFileSync("prlimit", ["--pid", String(redis.pid()), "--fsize=unlimited:"]);
      const isWell = async (): Promise<boolean> => {
        await admin.bgsave().catch(() => undefined);
        return (await admin.info("persistence")).includes("rdb_last_bgsave_status:ok");
      };
      if (!(await becomes(isWell, 20_000))) throw new Error("The snapshot did not succeed.");
    },
  },
  {
    name: "emptied",
    cause: "`FLUSHALL`; the service calls `watch` again for what it has not heard of",
    isTold: false,
    isBusy: true,
    inject: async ({ admin }) => void (await admin.flushall()),
    heal: (scene) => scene.watchAgain(),
  },
  {
    name: "scripts flushed",
    cause: "`SCRIPT FLUSH`",
    isTold: false,
    isBusy: true,
    inject: async ({ admin }) => void (await admin.script("FLUSH")),
    heal: nothing,
  },
  {
    name: "worker killed",
    cause: "SIGKILL of one of the workers, with polls in its hands",
    isTold: false,
    isBusy: true,
    inject: async ({ workers }) => workers[1]?.kill("SIGKILL"),
    heal: nothing,
  },
  {
    name: "key replaced",
    cause: "the API takes another key; workers that have it start one by one, the old ones run on",
    isTold: true,
    inject: async ({ api }) => void (api.acceptedKey = "q_sk_of-tomorrow"),
    heal: async ({ address, api, workers, stack }) => {
      for (let started = 0; started < 2; started += 1) {
        workers.push(stack.use(await startWorker(address.url, api.url, api.acceptedKey, pace)));
      }
    },
  },
  {
    name: "version before",
    cause: "workers meet watches, and a pause of the queue, that the version before has stored",
    isTold: false,
    isBusy: true,
    inject: async ({ admin }) => {
      const keys = await admin.keys("{sync-log}:*");
      for (const key of keys.filter((one) => /:(?:polls|outcomes):[\w-]{22}$/u.test(one))) {
        const {
          version: _version,
          dueAtMs: _dueAtMs,
          ...data
        } = Object(JSON.parse((await admin.hget(key, "data")) ?? "{}"));
        await admin.hset(key, "data", JSON.stringify(data));
      }
      const reason = { name: "Error", code: null, status: 401, message: "refused" };
      await admin.set("{sync-log}:pause", JSON.stringify({ reason, sinceMs: Date.now() }));
      await admin.hset("{sync-log}:polls:meta", "paused", "1");
    },
    heal: nothing,
  },
];

const cutting = new WeakMap<Address, NodeJS.Timeout>();
const loading = new WeakMap<TestRedis, Promise<void>>();

/** How often the workers of a measurement poll. */
export const pace: readonly string[] = ["--min-interval", "2s", "--max-interval", "2s"];
