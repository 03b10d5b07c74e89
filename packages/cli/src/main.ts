#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.ts";

// A reader such as `head -1` closes the pipe early: exit with the code of SIGPIPE, as other tools do.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 141 : 1);
});
// The exit code says how the command ended, also to whom its messages do not reach.
process.stderr.on("error", () => {});

process.exitCode = await runCommandLine(process.argv.slice(2), process);
