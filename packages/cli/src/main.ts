#!/usr/bin/env node
import { runCommandLine } from "./run-command-line.ts";

// A reader that has seen enough (`| head -1`) closes the pipe: end as a shell's own tools do, by SIGPIPE's code.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 141 : 1);
});

process.exitCode = await runCommandLine(process.argv.slice(2), process);
