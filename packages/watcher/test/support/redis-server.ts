import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";

/** Debian has the one or the other; undefined where there is neither. */
export const redisExecutable: string | undefined = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

/** A Redis of a test, on a free port, with an append-only file. */
export interface TestRedis {
  readonly url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  /** Ends it for good and removes its files. */
  [Symbol.asyncDispose](): Promise<void>;
}

async function answers(port: number): Promise<void> {
  const redis = new Redis({ port, host: "127.0.0.1", retryStrategy: () => 25 });
  redis.on("error", () => undefined);
  try {
    // A server that still reads its file answers with LOADING, and ioredis waits for it.
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

/**
 * Runs a command until its standard input ends, that is, until the test's process is gone, however
 * it went: a Redis must not outlive its test.
 */
const watchdog = '"$@" </dev/null >/dev/null 2>&1 & echo $!; read -r _; kill -9 $!';

/** The pid of the command that the watchdog runs. */
async function pidOf(child: ChildProcess): Promise<number> {
  const [line]: unknown[] = await once(child.stdout ?? child, "data");
  return Number(String(line));
}

/** How a Redis of a test runs. */
export interface TestRedisOptions {
  /** When it writes to disk. @default "always": before each answer */
  readonly fsync?: "always" | "everysec";
  /** Whether it is a cluster of one. @default false */
  readonly cluster?: boolean;
}

export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const { fsync = "always", cluster = false } = options;
  if (redisExecutable === undefined) throw new Error("There is no redis-server.");
  const dir = await mkdtemp(join(tmpdir(), "sync-log-redis-"));
  const port = await freePort();
  let stop: (() => Promise<void>) | undefined;

  const start = async (): Promise<void> => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir];
    const durable = ["--appendonly", "yes", "--appendfsync", fsync, "--save", ""];
    // A node that has met no other does not know its address, which its clients ask it for.
    const mode = cluster
      ? ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"]
      : ["--cluster-enabled", "no"];
    const command = ["-c", watchdog, "sh", redisExecutable, ...settings, ...durable, ...mode];
    const shell = spawn("sh", command, { stdio: ["pipe", "pipe", "ignore"] });
    const pid = await pidOf(shell);
    stop = async () => {
      stop = undefined;
      const exited = once(shell, "exit");
      process.kill(pid, "SIGKILL");
      shell.stdin.end();
      await exited;
    };
    await answers(port);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => stop?.(),
    start,
    [Symbol.asyncDispose]: async () => {
      await stop?.();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
