// `npm run pack:all -- DIR`: packs every package, as a registry would get it. The bootstrap runs it, so that it needs no pnpm.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { emptyDists } from "./empty-dists.ts";

const root = join(import.meta.dirname, "..");
const [destination] = parseArgs({ allowPositionals: true }).positionals;

function run(command: string, ...args: readonly string[]): number {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return status ?? 1;
}

function pack(into: string): number {
  emptyDists(root);
  const packages = "--filter=./packages/*";
  return (
    run("turbo", "run", "build", packages, "--output-logs=errors-only") ||
    run("pnpm", "--recursive", packages, "pack", "--pack-destination", into)
  );
}

if (destination === undefined) {
  console.error("usage: npm run pack:all -- DIR    packs every package into the folder DIR");
  process.exitCode = 2;
} else process.exitCode = pack(resolve(root, destination));
