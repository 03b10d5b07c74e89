// `pnpm test:SUITE`: the tests that take long, or need what nothing else here needs. Installs a suite's own tools, pinned by
// their lockfile, then runs its tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
/** Each is a file `SUITE.test.ts`, or a folder `SUITE` of tests; its tools are in `SUITE/tools`, or else in `tools`. */
const suites = [
  "registry",
  "remote-cache",
  "ecosystem",
  "redis-faults",
  "providers",
  "operations",
  "terminal",
];
/** These need no tools of their own. */
const bareSuites = ["redis-faults"];
const [suite = "", ...rest] = process.argv.slice(2);
/** Words before the options are parts of a suite: `pnpm test:redis-faults soak`. */
const firstOption = rest.findIndex((word) => word.startsWith("-"));
const parts = firstOption === -1 ? rest : rest.slice(0, firstOption);
const chosen = parts.length === 0 ? [suite] : parts.map((part) => `${suite}/${part}`);

/** Resolves to the exit code; a signal that is to end this process ends the command, and all that its tests started. */
async function run(command: string, args: readonly string[], cwd: string): Promise<number> {
  const child = spawn(command, args, { cwd, stdio: "inherit" });
  const end = (): void => void child.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  const [code]: unknown[] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}

if (!suites.includes(suite)) {
  console.error(`Usage: ${suites.map((name) => `pnpm test:${name}`).join(" | ")}`);
  process.exitCode = 2;
} else {
  const ownTools = join(here, suite, "tools");
  const tools = existsSync(ownTools) ? ownTools : join(here, "tools");
  const install = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"];
  const config = ["--config", "acceptance/vitest.config.ts"];
  process.exitCode =
    (bareSuites.includes(suite) ? 0 : await run("pnpm", install, tools)) ||
    (await run(
      "pnpm",
      [
        "exec",
        "vitest",
        "run",
        ...config,
        ...chosen.map((path) => `acceptance/${path}`),
        ...rest.slice(parts.length),
      ],
      join(here, ".."),
    ));
}
