import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command of a package; by its file, because the link in `node_modules/.bin` is absent where the install came before the build. */
function mainFileOf(packageName: string): string {
  return realpathSync(
    fileURLToPath(new URL("dist/main.js", import.meta.resolve(`${packageName}/package.json`))),
  );
}

/** How a package's command is run from the folder in which `npm start` was. */
export function commandWords(packageName: string): string {
  const from = process.env["INIT_CWD"] ?? process.cwd();
  return `node ${relative(from, mainFileOf(packageName))}`;
}

/** The terminal sends Ctrl-C to the child as well, which says where the sync stands and ends by itself. */
function outlive(): void {}

/** Runs `sync-log` on this terminal to its end, and resolves to its exit code. */
export function runSyncLog(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mainFileOf("@qontext/sync-log-cli"), ...args], {
      stdio: "inherit",
      env,
    });
    const passOn = (): void => {
      child.kill("SIGTERM");
    };
    process.on("SIGINT", outlive).on("SIGTERM", passOn);
    child.on("error", reject);
    child.on("exit", (code) => {
      process.off("SIGINT", outlive).off("SIGTERM", passOn);
      resolve(code ?? 1);
    });
  });
}
