import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "./run-command.ts";

/**
 * Installs the packages of a folder with a lockfile of its own: what is large and only a few tests need, so that nobody else has
 * to download it. A second time takes a moment, and two at a time wait for each other.
 */
export async function installTools(folder: string): Promise<void> {
  const args = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=silent"];
  const lock = join(folder, ".installing");
  while (!isTaken(lock)) await sleep(100);
  try {
    await runCommand("pnpm", args, { cwd: folder });
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes the lock, unless a process that still runs has it. */
function isTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    // Just created, and not written yet.
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}
