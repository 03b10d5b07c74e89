import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { describe } from "vitest";
import { freePort } from "./free-port.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Debian has either of them; undefined where neither is installed. */
const executable = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

if (executable === undefined && process.env["CI"])
  throw new Error("Neither redis-server nor valkey-server is installed; install one of them.");

/** Skips, visibly, where Redis is not installed; with `CI` set that is a failure. */
export const describeRedis: typeof describe.skip =
  executable === undefined ? describe.skip : describe;

/** A Redis of a test, on a free port, with an append-only file. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files, with these settings besides. */
  start(settings?: readonly string[]): Promise<void>;
  /** Of its process. */
  pid(): number;
}

/** How a Redis of a test runs. */
export interface TestRedisOptions {
  /** When it writes to disk. @default "always": before each answer */
  readonly fsync?: "always" | "everysec";
  /** Whether it is a cluster of one. @default false */
  readonly cluster?: boolean;
  /** More settings, as on the command line of the server. @default none */
  readonly settings?: readonly string[];
}

const maxPortsTried = 5;

/** Starts a Redis that ends, and whose files go, when it is disposed. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await startOn(await freePort(), options);
    } catch (error) {
      // Somebody may take the port before it does, or the one 10,000 above, by which the nodes of a cluster talk.
      if (tried === maxPortsTried) throw error;
    }
  }
}

async function startOn(
  port: number,
  { fsync = "always", cluster = false, settings: own = [] }: TestRedisOptions,
): Promise<TestRedis> {
  const folder = scratchFolder();
  let stop: (() => Promise<void>) | undefined;
  let pid = 0;

  const start = async (more: readonly string[] = []): Promise<void> => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder.path];
    const durable = ["--appendonly", "yes", "--appendfsync", fsync, "--save", ""];
    // A node that has met no other does not know its address, which its clients ask it for.
    const mode = cluster
      ? ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"]
      : ["--cluster-enabled", "no"];
    const chosen = [...settings, ...durable, ...mode, ...own, ...more];
    const server = [executable ?? "redis-server", ...chosen];
    const shell = spawn("sh", ["-c", watchdog, "sh", ...server], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    const exited = once(shell, "exit").finally(() => (stop = undefined));
    pid = await pidOf(shell);
    stop = async () => {
      process.kill(pid, "SIGKILL");
      // Then the port is free again.
      await exited;
      shell.stdin.end();
    };
    await Promise.race([untilReady(port), exited.then(failToStart)]);
  };
  await start().catch((error: unknown) => {
    folder[Symbol.dispose]();
    throw error;
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => stop?.(),
    start,
    pid: () => pid,
    [Symbol.asyncDispose]: async () => {
      await stop?.();
      folder[Symbol.dispose]();
    },
  };
}

/**
 * Runs a command to its end, but no longer than until standard input ends, that is, until the test's process is gone,
 * whatever ended it: a Redis must not outlive its test.
 */
const watchdog = `exec 3<&0
"$@" </dev/null >/dev/null 2>&1 &
server=$!
echo $server
{ read -r _ <&3; kill -9 $server; } >/dev/null 2>&1 &
wait $server`;

function failToStart(): never {
  throw new Error("Redis ended instead of starting.");
}

/** The pid of the command that the watchdog runs. */
async function pidOf(shell: ChildProcess): Promise<number> {
  const [line]: unknown[] = await once(shell.stdout ?? shell, "data");
  return Number(String(line));
}

/** Resolves once the server answers; on a busy machine its start may take seconds, so no number of attempts ends it. */
async function untilReady(port: number): Promise<void> {
  const redis = new Redis({
    port,
    host: "127.0.0.1",
    maxRetriesPerRequest: null,
    retryStrategy: () => 25,
  });
  redis.on("error", () => undefined);
  // A server that still reads its file answers with LOADING, and ioredis waits for it.
  await redis.ping().finally(() => redis.disconnect());
}
