import { runLintSpec } from "./run-lint-spec.ts";

try {
  process.exitCode = await runLintSpec(process.argv.slice(2), {
    // pnpm runs a script in the folder of its package, and tells where it was called.
    folder: process.env["INIT_CWD"] ?? process.cwd(),
    print: (line) => console.log(line),
    printError: (line) => console.error(line),
  });
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
