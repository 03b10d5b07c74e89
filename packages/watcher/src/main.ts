#!/usr/bin/env node
import { noticeReaderGone, packageVersion, UsageError } from "@qontext/sync-log-command-line";
import { messageOf, WatcherOptionError, WatchRequestError } from "./errors.ts";
import { createCliOutput } from "./cli/cli-output.ts";
import { parseCommand } from "./cli/parse-command.ts";
import { runCommand } from "./cli/run-command.ts";
import { usage } from "./cli/usage.ts";

const output = createCliOutput(process.stdout, process.stderr, process.env["QONTEXT_API_KEY"]);

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
    // Nobody reads the outcomes: others may deliver them.
    process.stdout.once("error", () => resolve());
    noticeReaderGone(process.stdout);
  });

/** Only where it is asked for: help works without the optional peer dependencies. */
async function loadEngine() {
  try {
    return await import("./redis/bullmq-engine.ts");
  } catch (cause) {
    const message = "Watches need bullmq and ioredis: npm install bullmq@~6.7.0 ioredis";
    throw new WatcherOptionError(message, { cause });
  }
}

async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2), process.env);
  if (command.name === "help") {
    process.stdout.write(usage);
    return 0;
  }
  if (command.name === "version") {
    process.stdout.write(`${packageVersion(new URL("../package.json", import.meta.url))}\n`);
    return 0;
  }
  const { bullmqEngine } = await loadEngine();
  const { redisUrl, prefix, rateLimit, concurrency } = command;
  const engine = bullmqEngine({ connection: redisUrl, prefix, rateLimit, concurrency });
  try {
    return await runCommand(command, engine, output, untilStopped);
  } finally {
    await engine.close(0);
  }
}

let exitCode: number;
try {
  exitCode = await main();
} catch (error) {
  const isReaderGone = error instanceof Error && "code" in error && error.code === "EPIPE";
  const isUsageError = [UsageError, WatcherOptionError, WatchRequestError].some(
    (UsageErrorClass) => error instanceof UsageErrorClass,
  );
  if (!isReaderGone) output.complain(`sync-log-watcher: ${messageOf(error)}\n`);
  if (isUsageError) output.complain("sync-log-watcher --help lists commands and options.\n");
  exitCode = isUsageError ? 2 : 1;
  if (isReaderGone) exitCode = 0;
}
// Not left to itself: connections to a Redis that does not answer would keep the process for seconds.
process.exit(exitCode);
