import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runGenerator, runInProcess } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const schemaFolder = "packages/schema/src/generated";
const methodsFile = "packages/client/src/generated/methods.ts";

/** What the command reads and writes, copied, so that it can be spoiled. */
function copyRepository(to: string): void {
  for (const path of ["package.json", "specs", schemaFolder, "packages/client/src/generated"]) {
    cpSync(join(repositoryRoot, path), join(to, path), { recursive: true });
  }
}

describe("pnpm generate, for the project's own document", () => {
  test("what is committed is what it generates", () => {
    const { status, stdout, stderr } = runGenerator(["--check"], repositoryRoot);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^All \d+ generated files are up to date\.\n$/);
    expect(status).toBe(0);
  });

  test.each([
    ["stale", join(schemaFolder, "index.ts"), appendFileSync],
    ["stale", methodsFile, appendFileSync],
    ["stale", join(schemaFolder, "tools.ts"), appendFileSync],
    ["missing", join(schemaFolder, "types.ts"), (path: string) => rmSync(path)],
    ["extra", join(schemaFolder, "left-over.ts"), writeFileSync],
  ] as const)(
    "--check fails on a %s %s and names the command that mends",
    async (kind, file, spoil) => {
      using scratch = scratchFolder();
      copyRepository(scratch.path);
      spoil(join(scratch.path, file), "// by hand\n");

      const checked = await runInProcess(["--check"], scratch.path);
      expect(checked.exitCode).toBe(1);
      expect(checked.output).toMatch(new RegExp(`^${kind} +${file}$`, "m"));
      expect(checked.output).toContain("Run: pnpm generate\n");

      const mended = await runInProcess([], scratch.path);
      expect(mended.exitCode).toBe(0);
      expect(await runInProcess(["--check"], scratch.path)).toMatchObject({ exitCode: 0 });
    },
  );

  test("--check fails when the document has changed", async () => {
    using scratch = scratchFolder();
    copyRepository(scratch.path);
    const spec = join(scratch.path, "specs/openapi.yaml");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("skipped]", "skipped, paused]"));
    const { exitCode, output } = await runInProcess(["--check"], scratch.path);
    expect(exitCode).toBe(1);
    for (const file of ["index.ts", "types.ts", "checks.ts", "openapi.ts"]) {
      expect(output).toContain(join(schemaFolder, file));
    }
  });

  test("--check fails when an example file has changed", async () => {
    using scratch = scratchFolder();
    copyRepository(scratch.path);
    const example = join(scratch.path, "specs/examples/completed.json");
    writeFileSync(example, readFileSync(example, "utf8").replace("1800", "1801"));
    const { exitCode, output } = await runInProcess(["--check"], scratch.path);
    expect(exitCode).toBe(1);
    expect(output).toContain("openapi.json");
  });

  test("every file begins with a line that names its source and the command", () => {
    using scratch = scratchFolder();
    const spec = join(repositoryRoot, "specs/openapi.yaml");
    runGenerator(["--spec", spec, "--out", scratch.path], repositoryRoot);
    const { stdout } = runGenerator(["--help"], repositoryRoot);
    expect(stdout).toContain("pnpm generate");
    for (const file of ["types.ts", "checks.ts", "openapi.json", "formats.ts"]) {
      const [own] = readFileSync(join(repositoryRoot, schemaFolder, file), "utf8").split("\n");
      expect(own).toContain("Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.");
      const [foreign] = readFileSync(join(scratch.path, file), "utf8").split("\n");
      expect(foreign).toContain("Generated from openapi.yaml by `pnpm generate --spec");
    }
  });
});
