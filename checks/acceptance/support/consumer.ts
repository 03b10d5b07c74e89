import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Registry } from "./registry.ts";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

/** A project outside the workspace that installs from the registry. */
export interface Consumer {
  readonly dir: string;
  write(file: string, text: string): void;
  run(command: string, ...args: readonly string[]): Promise<string>;
}

/** Installs `dependencies` with npm or pnpm: the scope from the registry under test, the rest from wherever it comes. */
export async function createConsumer(
  dir: string,
  manager: "npm" | "pnpm",
  registry: Registry,
  scope: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<Consumer> {
  mkdirSync(dir, { recursive: true });
  const consumer: Consumer = {
    dir,
    write: (file, text) => writeFileSync(join(dir, file), text),
    run: async (command, ...args) => (await runCommand(command, args, { cwd: dir })).output,
  };
  consumer.write(
    "package.json",
    JSON.stringify({ name: "consumer", private: true, type: "module", dependencies }),
  );
  consumer.write(".npmrc", `${scope}:registry=${registry.url}\n`);
  // pnpm asks a registry for the age of a package, which this one may not tell, and refuses install scripts that
  // nobody has decided on: the mock's Prism brings one that only counts installs.
  const settings = { packages: [], minimumReleaseAge: 0, allowBuilds: { "@scarf/scarf": false } };
  consumer.write(
    "pnpm-workspace.yaml",
    JSON.stringify({ ...settings, registries: { [scope]: registry.url } }),
  );
  await install(consumer, manager);
  return consumer;
}

export async function install(consumer: Consumer, manager: "npm" | "pnpm"): Promise<void> {
  const cache = join(consumer.dir, "..", `${manager}-cache`);
  const args = manager === "npm" ? ["--no-audit", "--no-fund", "--cache", cache] : [];
  await consumer.run(manager, "install", ...args);
}
