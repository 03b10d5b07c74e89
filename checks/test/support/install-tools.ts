import { runCommand } from "./run-command.ts";

/**
 * Installs the packages of a folder with a lockfile of its own: what is large and only one test needs, so that nobody else has to
 * download it. A second time takes a moment.
 */
export async function installTools(folder: string): Promise<void> {
  const args = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"];
  await runCommand("pnpm", args, { cwd: folder });
}
