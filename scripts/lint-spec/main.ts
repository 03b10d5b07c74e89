import process from "node:process";

try {
  // The document package is run as it is published: built.
  const { runLintSpec } = await import("./run-lint-spec.ts");
  process.exitCode = await runLintSpec(process.argv.slice(2), {
    // pnpm runs a script in the folder of its package, and tells where it was called.
    folder: process.env["INIT_CWD"] ?? process.cwd(),
    print: (line) => console.log(line),
    printError: (line) => console.error(line),
  });
} catch (error) {
  const isNotBuilt =
    error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  console.error(isNotBuilt ? "The packages are not built: run `pnpm build` first." : error);
  process.exitCode = 2;
}
