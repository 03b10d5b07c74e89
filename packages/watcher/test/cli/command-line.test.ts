import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bullmqEngine } from "../../src/bullmq.ts";
import { checkWatch } from "../../src/watch/new-watch.ts";
import { createCliOutput } from "../../src/cli/cli-output.ts";
import { parseCommand } from "../../src/cli/parse-command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { verifyWebhook, type WatchOutcome } from "../../src/index.ts";
import { freePort, portOf } from "@qontext/sync-log-test-support/free-port";
import { describeRedis, startRedis } from "@qontext/sync-log-test-support/start-redis";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import manifest from "../../package.json" with { type: "json" };
import { startSyncLogApi, type SyncLogApi } from "../support/sync-log-api.ts";
import { target, targets } from "../support/targets.ts";
import { until } from "../support/until.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** As where an optional peer dependency is not installed. */
const without = (name: string): string =>
  `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      return next(specifier === "${name}" ? "${name}-none-such" : specifier, context);
    },
  });
`)}`;

interface Run {
  readonly child: ChildProcess;
  stdout: string;
  stderr: string;
  readonly code: Promise<number | null>;
  [Symbol.asyncDispose](): Promise<void>;
}

function run(args: readonly string[], env: Record<string, string> = {}, input = ""): Run {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, QONTEXT_API_KEY: "", QONTEXT_BASE_URL: "", ...env },
    stdio: "pipe",
  });
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => {
    child.once("close", (exitCode) => resolve(exitCode));
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await code;
  };
  const one: Run = { child, stdout: "", stderr: "", code, [Symbol.asyncDispose]: stop };
  child.stdout.on("data", (chunk) => (one.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (one.stderr += String(chunk)));
  return one;
}

/** Runs a short command in this process. */
async function finish(args: readonly string[]): Promise<{ code: number; lines: unknown[] }> {
  const command = parseCommand(args, {});
  if (!("redisUrl" in command)) throw new Error(`${command.name} needs no engine.`);
  const engine = bullmqEngine({ connection: command.redisUrl });
  const lines: unknown[] = [];
  const output = { ...createCliOutput(new PassThrough(), new PassThrough(), undefined) };
  output.line = async (value) => void lines.push(value);
  try {
    const code = await runCommand(command, engine, output, async () => undefined);
    return { code, lines };
  } finally {
    await engine.close(0);
  }
}

const credentials = (api: SyncLogApi): Record<string, string> => ({
  QONTEXT_API_KEY: api.apiKey,
  QONTEXT_BASE_URL: api.url,
});

describeRedis("sync-log-watcher", () => {
  test("adds, lists, works, serves its health and metrics, and ends on SIGTERM", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const at = ["--redis", redis.url];
    const { workspaceId, id } = target(1);
    const ids = [workspaceId, id];

    const add = ["add", ...ids, ...at, "--metadata", '{"order":7}', "--max-wait", "1h"];
    expect(await finish(add)).toEqual({ code: 0, lines: [{ ...target(1), added: true }] });
    expect(await finish(add)).toEqual({ code: 0, lines: [{ ...target(1), added: false }] });
    expect((await finish(["list", ...at])).lines).toMatchObject([
      { ...target(1), stage: "waiting" },
    ]);

    const port = await freePort();
    const options = ["--rate", "50/s", "--min-interval", "50ms", "--metrics-port", String(port)];
    await using work = run(["work", ...at, ...options], credentials(api));
    await until("it polls", () => api.countOf(id) > 1);
    await until("it serves", () => work.stderr.includes("Working."));
    const health = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: "ok", paused: null });

    api.ended.set(id, "completed");
    await until("there is an outcome", () => work.stdout.includes("\n"));
    const outcome: WatchOutcome = JSON.parse(work.stdout);
    expect(outcome).toMatchObject({ ...target(1), endedAs: "completed", metadata: { order: 7 } });
    await until("it is delivered", async () => {
      return JSON.stringify((await finish(["status", ...ids, ...at])).lines).includes("delivered");
    });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('sync_log_watcher_watches{stage="delivered"} 1');
    expect(metrics).toMatch(/sync_log_watcher_polls_total\{result="log"\} \d/u);
    expect(metrics).toContain("sync_log_watcher_terminal_to_outcome_seconds_count 1");
    expect(metrics).toContain("sync_log_watcher_rate_limit_waits_total");
    expect(metrics).toContain('sync_log_watcher_watches{stage="parked"} 0');

    work.child.kill("SIGTERM");
    expect(await work.code).toBe(0);
    expect(work.stdout + work.stderr).not.toContain(api.apiKey);
  });

  test("warns of a short key, which is redacted only where it is a whole value", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    const env = { ...credentials(api), QONTEXT_API_KEY: "zq7" };
    await using work = run(["work", "--redis", redis.url], env);
    await until("it works", () => work.stderr.includes("Working."));
    expect(work.stderr).toContain("fewer than 8 characters");
  });

  test("says on /readyz that a refused key has paused the polls, and goes on by itself", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.acceptedKey = "q_sk_another";
    const at = ["--redis", redis.url];
    const port = await freePort();
    const options = ["--metrics-port", String(port), "--probe-every", "1s"];
    await using work = run(["work", ...at, ...options], credentials(api));
    await finish(["add", target(1).workspaceId, target(1).id, ...at]);
    await until("it says so", () => work.stderr.includes("Polls are paused"));
    const health = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: "paused",
      paused: { reason: { status: 401 } },
    });

    api.acceptedKey = api.apiKey;
    api.endAll = true;
    await until("there is an outcome", () => work.stdout.includes("completed"));
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await redis.kill();
    await until("it says that Redis is away", async () => {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`);
      return response.status === 503 && (await response.text()).includes("engine_failing");
    });
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  });

  test("posts signed webhooks, whose secret it takes from the environment", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    api.endAll = true;
    const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
    const outcomes: WatchOutcome[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        outcomes.push(
          verifyWebhook({ secret, headers: request.headers, body: Buffer.concat(chunks) }),
        );
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      receiver.listen(0, "127.0.0.1", resolve);
    });
    const at = ["--redis", redis.url];
    const hook = ["--webhook", `http://127.0.0.1:${portOf(receiver)}/`];
    const variable = ["--webhook-secret-env", "HOOK_SECRET"];
    const env = { ...credentials(api), HOOK_SECRET: secret };
    await using work = run(["work", ...at, ...hook, ...variable], env);
    await finish(["add", target(1).workspaceId, target(1).id, ...at]);
    await until("it is posted", () => outcomes.length === 1);
    expect(outcomes).toMatchObject([{ ...target(1), endedAs: "completed" }]);
    expect(work.stdout).toBe("");
    receiver.closeAllConnections();
    receiver.close();
  });

  test("adds those of standard input, and lists those of a workspace", async () => {
    await using redis = await startRedis();
    const at = ["--redis", redis.url];
    const lines = [
      `${target(1).workspaceId} ${target(1).id}`,
      JSON.stringify({ ...target(2), maxWaitMs: 60_000, metadata: { order: 2 } }),
      "",
      "ws_other sync_3",
      "ws_other ..",
      JSON.stringify({ ...target(4), maxWait: "1h" }),
    ];
    await using add = run(["add", ...at], {}, lines.join("\n"));
    expect(await add.code).toBe(1);
    expect(add.stdout.match(/"added":true/gu)).toHaveLength(3);
    expect(add.stderr).toContain("Line 5: `id` is a path");
    expect(add.stderr).toContain('Line 6: A line has no "maxWait"');
    const { lines: listed } = await finish(["list", "--workspace", target(1).workspaceId, ...at]);
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(
      expect.objectContaining({ ...target(2), metadata: { order: 2 } }),
    );
    expect((await finish(["list", "--limit", "1", ...at])).lines).toHaveLength(1);
  });

  test.each(["", "\n \n"])("fails where standard input has nothing to watch: %j", async (input) => {
    await using add = run(["add", "--redis", "redis://127.0.0.1:1"], {}, input);
    expect(await add.code).toBe(1);
    expect(add.stderr).toContain("Nothing to watch");
  });

  test("polls each workspace with the key of its file, and reads a refused one again", async () => {
    await using redis = await startRedis();
    await using api = await startSyncLogApi();
    using folder = scratchFolder();
    const file = join(folder.path, target(1).workspaceId);
    writeFileSync(file, "q_sk_of-yesterday\n");
    const at = ["--redis", redis.url];
    const keys = ["--keys-folder", folder.path, "--probe-every", "500ms"];
    await using work = run(["work", ...at, ...keys], { QONTEXT_BASE_URL: api.url });
    await finish(["add", target(1).workspaceId, target(1).id, ...at]);
    await finish(["add", "ws_without-a-key", "sync_1", ...at]);
    await until("a key is refused", () => api.requests.some(({ status }) => status === 401));
    writeFileSync(file, api.apiKey);
    api.endAll = true;
    await until("there is an outcome", () => work.stdout.includes("completed"));
    const statusOfOther = async () =>
      (await finish(["status", "ws_without-a-key", "sync_1", ...at])).lines[0];
    const waiting = { stage: "waiting", pollError: { code: "key_function_failed" } };
    await expect.poll(statusOfOther).toMatchObject(waiting);
  });

  test("lists into a reader that stops reading, without a word, as `head` does", async () => {
    await using redis = await startRedis();
    const at = ["--redis", redis.url];
    const engine = bullmqEngine({ connection: redis.url });
    const metadata = "of many bytes, so that a pipe cannot hold them all ".repeat(100);
    const watches = targets(200).map((one) => engine.add(checkWatch(one, { metadata })));
    await Promise.all(watches);
    await engine.close(0);
    await using list = run(["list", ...at]);
    await once(list.child.stdout ?? list.child, "data");
    list.child.stdout?.destroy();
    expect(await list.code).toBe(0);
    expect(list.stderr).toBe("");
  });

  test("needs no prom-client unless it serves metrics, and says so then", async () => {
    await using redis = await startRedis();
    const at = ["--redis", redis.url];
    const env = {
      NODE_OPTIONS: `--import=${without("prom-client")}`,
      QONTEXT_API_KEY: "q_sk_none-such",
    };
    const ids = [target(1).workspaceId, target(1).id];
    await using help = run(["--help"], env);
    await using status = run(["status", ...ids, ...at], env);
    await using work = run(["work", "--metrics-port", "1", ...at], env);
    expect(await help.code).toBe(0);
    expect(help.stderr).toBe("");
    expect(await status.code).toBe(1);
    expect(JSON.parse(status.stdout)).toMatchObject({ stage: null });
    expect(status.stderr).toBe("");
    expect(await work.code).toBe(2);
    expect(work.stderr).toContain("npm install prom-client");
    expect(work.stderr).not.toContain("    at ");
  });

  test("refuses to work where keys cannot be read", async () => {
    using folder = scratchFolder();
    const empty = join(folder.path, "empty");
    writeFileSync(empty, "\n");
    const none = join(folder.path, "none-such");
    for (const keys of [
      ["--key-file", none],
      ["--key-file", empty],
      ["--keys-folder", none],
    ] as const) {
      await using work = run(["work", ...keys, "--redis", "redis://127.0.0.1:1"]);
      expect(await work.code).toBe(2);
      expect(work.stderr).toContain(keys[1]);
    }
  });

  test.each(["bullmq", "ioredis"])("says what to install where %s is not", async (name) => {
    await using list = run(["list"], { NODE_OPTIONS: `--import=${without(name)}` });
    expect(await list.code).toBe(2);
    const { bullmq } = manifest.peerDependencies;
    expect(list.stderr).toContain(`npm install bullmq@${bullmq} ioredis`);
    expect(list.stderr).not.toContain(import.meta.dirname);
  });

  test("prints its help, and needs an API key only to work", async () => {
    const help = run(["--help"]);
    expect(await help.code).toBe(0);
    expect(help.stdout).toContain("sync-log-watcher redrive");
    const work = run(["work", "--redis", "redis://127.0.0.1:1"]);
    expect(await work.code).toBe(1);
    expect(work.stderr).toMatch(/QONTEXT_API_KEY/u);
    const unknown = run(["dance"]);
    expect(await unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Unknown command "dance"');
    const refused = run(["add", "ws_1", "..", "--redis", "redis://127.0.0.1:1"]);
    expect(await refused.code).toBe(2);
    expect(refused.stderr).toContain("`id` is a path");
  });
});
