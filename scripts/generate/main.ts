// `pnpm generate`: what stands in folders called `generated` is made of specs/openapi.yaml. See --help.
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

// The heap grows in smaller steps: for the 13 MB of GitHub's document that saves 5 % of memory, and costs half a second.
setFlagsFromString("--heap-growing-percent=30");

// Redocly and Ajv take longer to compile than to run. The types are those of Node 20, which cannot keep compiled code.
const enableCompileCache: unknown = Reflect.get(nodeModule, "enableCompileCache");
if (typeof enableCompileCache === "function") {
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/generate", import.meta.url)));
}
const { runCommand } = await import("./run-command.ts");

process.exitCode = await runCommand(process.argv.slice(2), {
  root: fileURLToPath(new URL("../..", import.meta.url)),
  // pnpm runs scripts in the folder of their package.
  cwd: process.env["INIT_CWD"] ?? process.cwd(),
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
