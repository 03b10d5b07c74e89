import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command; by its file, because the link in `node_modules/.bin` is absent where the install came before the build. */
const mainFile = fileURLToPath(
  new URL("dist/main.js", import.meta.resolve("@qontext/sync-log-cli/package.json")),
);

/** The terminal sends Ctrl-C to the child as well, which says where the sync stands and ends by itself. */
function outlive(): void {}

/** Runs `sync-log` on this terminal to its end, and resolves to its exit code. */
export function runSyncLog(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mainFile, ...args], { stdio: "inherit", env });
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
