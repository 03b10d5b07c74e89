import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test } from "vitest";

const rules = '{ "categories": { "correctness": "error" } }\n';

test.each([
  ["a file that is not formatted", "export const   a = 1\n", 1, "Run: pnpm fix"],
  ["a mistake", "export const a = 1;\ndebugger;\n", 1, "Run: pnpm fix"],
  ["nothing", "export const a = 1;\n", 0, ""],
])("a lint that finds %s exits with the remedy", (_, text, code, remedy) => {
  using scratch = scratchFolder({ "a.js": text, ".oxlintrc.json": rules });
  const lint = join(import.meta.dirname, "../../lint.ts");
  const bin = join(import.meta.dirname, "../../../node_modules/.bin");
  const { status, stderr } = spawnSync(process.execPath, [lint], {
    cwd: scratch.path,
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` },
    encoding: "utf8",
  });
  expect(status).toBe(code);
  expect(stderr).toContain(remedy);
});
