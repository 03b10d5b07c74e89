#!/usr/bin/env node
import { noticeReaderGone } from "@qontext/sync-log-command-line";
import { runCommandLine } from "./run-command-line.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head -1` closes the pipe early: exit with the code of SIGPIPE, as other tools do.
  if (error.code === "EPIPE") process.exit(141);
  process.stderr.write(`sync-log: Cannot write to standard output: ${error.message}\n`, () =>
    process.exit(1),
  );
});
// The exit code says how the command ended, also to whom its messages do not reach.
process.stderr.on("error", () => {});
noticeReaderGone(process.stdout);

process.exitCode = await runCommandLine(process.argv.slice(2), process);
