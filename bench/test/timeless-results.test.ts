import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test } from "vitest";
import { resultsFile, withTimeless } from "../src/results-file.ts";

const page = readFileSync(resultsFile, "utf8");

/** The page as `pnpm generate` would write it. */
async function measuredAnew(text: string): Promise<string> {
  using scratch = scratchFolder({ "RESULTS.md": await withTimeless(text) });
  const file = join(scratch.path, "RESULTS.md");
  execFileSync(join(import.meta.dirname, "../../node_modules/.bin/oxfmt"), [file]);
  return readFileSync(file, "utf8");
}

test("RESULTS.md has the sizes of what is built, and a better one is found", async () => {
  const better = page.replace(/(`createSyncLogClient` .*?\| )\d+\.\d/u, "$10.5");
  expect(better).not.toBe(page);
  expect(await measuredAnew(better), "Run pnpm generate.").toBe(page);
});
