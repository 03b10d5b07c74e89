import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tarball } from "@qontext/sync-log-test-support/pack";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

/**
 * A project as a consumer has it: installs `names` from their tarballs with npm, and whatever they depend on, the
 * workspace's own packages from tarballs too.
 */
export async function createConsumerProject(
  dir: string,
  tarballs: ReadonlyMap<string, Tarball>,
  names: readonly string[],
): Promise<void> {
  const files = Object.fromEntries([...tarballs].map(([name, { file }]) => [name, `file:${file}`]));
  const wanted = Object.fromEntries(names.map((name) => [name, files[name]]));
  const indirect = Object.fromEntries(
    Object.entries(files).filter(([name]) => !names.includes(name)),
  );
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, "package.json"),
    JSON.stringify({ name: "consumer", private: true, dependencies: wanted, overrides: indirect }),
  );
  await runCommand("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: dir });
}

/** Type-checks one TypeScript source in the project, strictly, with the resolution asked for. */
export async function typeCheck(
  dir: string,
  file: string,
  source: string,
  moduleResolution: "node16" | "bundler",
): Promise<void> {
  writeFileSync(join(dir, file), source);
  const config = `tsconfig.${moduleResolution}.json`;
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2023", "dom"],
    module: moduleResolution === "node16" ? "node16" : "esnext",
    moduleResolution,
    types: [],
  };
  writeFileSync(join(dir, config), JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  await runCommand(tsc, ["-p", config], { cwd: dir });
}
