// `pnpm lint`: lints, checks the format, and says how to fix either.
import { spawnSync } from "node:child_process";

/** The commands of the workspace are scripts of a shell on Windows. */
const options = { stdio: "inherit", shell: process.platform === "win32" } as const;
const isFine = [["oxlint"], ["oxfmt", "--check"]].every(
  ([command = "", ...args]) => spawnSync(command, args, options).status === 0,
);
if (!isFine) {
  console.error("Run: pnpm fix, which repairs the format, and what it can of the lint.");
  process.exitCode = 1;
}
