// `pnpm generate`: the code that is made of the document, the API reports of all packages that this changes, what the client weighs,
// and the figures of the READMEs. With options it is the generator alone: see `pnpm generate --help`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { emptyDists } from "./empty-dists.ts";

const root = join(import.meta.dirname, "..");
const args = process.argv.slice(2);

function run(...[command, ...rest]: readonly [string, ...string[]]): number {
  return spawnSync(command, rest, { cwd: root, stdio: "inherit" }).status ?? 1;
}

const generator = [
  "--max-semi-space-size=32",
  join(import.meta.dirname, "generate/main.ts"),
  ...args,
];
process.exitCode = run("node", ...generator);
if (process.exitCode === 0 && args.length === 0) {
  emptyDists(root);
  process.exitCode =
    run("turbo", "run", "api:report", "--output-logs=errors-only") ||
    run("node", join(root, "bench/src/write-timeless.ts")) ||
    run("node", join(root, "checks/readme-figures/main.ts"));
}
