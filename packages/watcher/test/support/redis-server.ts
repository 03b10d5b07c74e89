import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe } from "vitest";
import { freePort } from "./free-port.ts";

const executable = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

if (executable === undefined && process.env["CI"] !== undefined) {
  throw new Error("There is neither redis-server nor valkey-server; install one of them.");
}

/** Skips, visibly, where there is no Redis; with `CI` set that is a failure. */
export const describeRedis: typeof describe.skip =
  executable === undefined ? describe.skip : describe;

/** A Redis of a test, on a free port, which writes every command to disk before it answers. */
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

export async function startRedis(): Promise<TestRedis> {
  if (executable === undefined) throw new Error("There is no redis-server.");
  const dir = await mkdtemp(join(tmpdir(), "sync-log-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir];
    const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    child = spawn(executable, [...settings, ...durable], { stdio: "ignore" });
    await answers(port);
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child?.once("exit", resolve));
    child.kill("SIGKILL");
    await exited;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
