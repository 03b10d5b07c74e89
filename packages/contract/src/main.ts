#!/usr/bin/env node
import process from "node:process";
import { runCli } from "./cli/run-cli.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  hasColor: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
  hasLiveErrors: process.stderr.isTTY,
  stop: stop.signal,
});
