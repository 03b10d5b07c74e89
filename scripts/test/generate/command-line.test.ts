import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCliOptions } from "../../generate/cli-options.ts";
import { runGenerator, runInProcess } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

describe("the command line of the generator", () => {
  test.each([
    [["--nope"], /--nope/],
    [["file.yaml"], /file\.yaml/],
    [["--spec", "a.yaml"], /--spec FILE and --out DIR must be given together/],
    [["--out", "dir"], /--spec FILE and --out DIR must be given together/],
    [["--spec"], /--spec/],
    [["--spec", "", "--out", "dir"], /need a value/],
    [["--folder", "."], /--folder is for the document of --spec/],
    [["--check=yes"], /--check/],
  ])("%j is refused in one line", (args, reason) => {
    expect(() => parseCliOptions(args)).toThrow(reason);
    expect(() => parseCliOptions(args)).not.toThrow(/\n/);
  });

  test("a wrong one exits with 2, and --help with 0", () => {
    using scratch = scratchFolder();
    const wrong = runGenerator(["--nope"], scratch.path);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toBe("Unknown option '--nope'. See pnpm generate --help.\n");
    const help = runGenerator(["--help"], scratch.path);
    expect(help.status).toBe(0);
    expect(help.stdout).toMatch(/--check[\s\S]+--spec FILE[\s\S]+--out DIR/);
  });

  test("files that are not its own are left alone in the folder that is written to", () => {
    using scratch = scratchFolder();
    writeFileSync(join(scratch.path, "mine.ts"), "export const mine = 1;\n");
    const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, paths: {} };
    writeFileSync(join(scratch.path, "api.json"), JSON.stringify(document));
    const args = ["--spec", "api.json", "--out", "."];
    expect(runGenerator(args, scratch.path).status).toBe(0);
    expect(readdirSync(scratch.path)).toEqual(
      expect.arrayContaining(["mine.ts", "api.json", "types.ts"]),
    );

    // What an earlier generation left is another matter.
    writeFileSync(
      join(scratch.path, "old.ts"),
      "// Generated from api.json by `pnpm generate --spec api.json --out DIR`.\n",
    );
    const checked = runGenerator([...args, "--check"], scratch.path);
    expect(checked.status).toBe(1);
    expect(checked.stderr).toContain("extra   old.ts\n");
    expect(checked.stderr).toContain("Run: pnpm generate --spec api.json --out .\n");
    expect(runGenerator(args, scratch.path).status).toBe(0);
    expect(existsSync(join(scratch.path, "old.ts"))).toBe(false);
    expect(existsSync(join(scratch.path, "mine.ts"))).toBe(true);
  });

  test("files outside the document's folder are read only where a folder is named that holds both", async () => {
    using scratch = scratchFolder();
    mkdirSync(join(scratch.path, "api"));
    writeFileSync(join(scratch.path, "shared.json"), '{ "A": { "type": "string" } }');
    const components = { schemas: { A: { $ref: "../shared.json#/A" } } };
    const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, components };
    writeFileSync(join(scratch.path, "api/api.json"), JSON.stringify(document));
    const args = ["--spec", "api/api.json", "--out", "out"];
    const refused = await runInProcess(args, scratch.path);
    expect(refused.output).toMatch(/reference_unresolved: .*outside the folder/);
    expect(refused.exitCode).toBe(1);
    expect(await runInProcess([...args, "--folder", "."], scratch.path)).toMatchObject({
      exitCode: 0,
    });
  });

  test("an alias bomb of some hundred bytes is refused at once", async () => {
    using scratch = scratchFolder();
    const levels = Array.from({ length: 20 }, (_, index) => {
      const items = Array.from({ length: 9 }, () => `*a${index}`).join(", ");
      return `  - &a${index + 1} [${items}]\n`;
    });
    const head = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\n';
    const bomb = `${head}x-bomb:\n  - &a0 [lol]\n${levels.join("")}`;
    writeFileSync(join(scratch.path, "api.yaml"), bomb);
    const args = ["--spec", "api.yaml", "--out", "out"];
    const { exitCode, output } = await runInProcess(args, scratch.path);
    expect(output).toMatch(/document_unreadable: .*by YAML aliases/);
    expect(exitCode).toBe(1);
  });

  test("a folder that cannot be written to is said in one line", () => {
    using scratch = scratchFolder();
    const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, paths: {} };
    writeFileSync(join(scratch.path, "api.json"), JSON.stringify(document));
    const args = ["--spec", "api.json", "--out", "api.json"];
    const { status, stderr } = runGenerator(args, scratch.path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^[A-Z]+: .*api\.json.*\n$/);
  });
});
