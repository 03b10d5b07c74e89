// `pnpm release:plan`, `release:check` and `release:draft`. See --help.
import { fileURLToPath } from "node:url";
import { runRelease } from "./command/run-release.ts";

process.exitCode = await runRelease(process.argv.slice(2), {
  root: fileURLToPath(new URL("../..", import.meta.url)),
  // pnpm runs scripts in the folder of their package.
  cwd: process.env["INIT_CWD"] ?? process.cwd(),
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
