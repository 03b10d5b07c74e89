// `pnpm test:registry` and `pnpm test:remote-cache`: installs the tools that only they need, then runs the tests.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const here = import.meta.dirname;
const suite = process.argv[2] ?? "";

function run(command: string, args: readonly string[], cwd: string): number {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
  return status ?? 1;
}

if (suite !== "registry" && suite !== "remote-cache") {
  console.error("Usage: pnpm test:registry | pnpm test:remote-cache");
  process.exitCode = 2;
} else {
  const tools = join(here, "tools");
  const install = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"];
  process.exitCode =
    run("pnpm", install, tools) ||
    run(
      "pnpm",
      ["exec", "vitest", "run", "--config", "acceptance/vitest.config.ts", `acceptance/${suite}`],
      join(here, ".."),
    );
}
