import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { describe } from "vitest";

/** Debian has the one or the other; undefined where there is neither. */
const executable = ["redis-server", "valkey-server"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);
if (executable === undefined && process.env["CI"]) {
  throw new Error("There is neither redis-server nor valkey-server; install one of them.");
}

/** Skips, visibly, where there is no Redis; with `CI` set that is a failure. */
export const describeRedis: typeof describe.skip =
  executable === undefined ? describe.skip : describe;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("There is no free port.");
  return address.port;
}

/** Ends the command when standard input ends: a Redis must not outlive its test, however that went. */
const watchdog = '"$@" </dev/null >/dev/null 2>&1 & read -r _; kill -9 $!';

async function end(shell: ChildProcess): Promise<void> {
  const exited = once(shell, "exit");
  shell.stdin?.end();
  await exited;
}

/** A Redis that keeps nothing beyond the test. */
export async function startRedis(): Promise<{ url: string } & AsyncDisposable> {
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", ""];
  const command = ["-c", watchdog, "sh", executable ?? "redis-server", ...settings];
  const shell = spawn("sh", command, { stdio: ["pipe", "ignore", "ignore"] });
  const redis = new Redis({ port, host: "127.0.0.1", retryStrategy: () => 25 });
  redis.on("error", () => undefined);
  await redis.ping().finally(() => redis.disconnect());
  return {
    url: `redis://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => end(shell),
  };
}
