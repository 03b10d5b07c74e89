import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

/** The full names of the tests that a run of a package, or a shard of it, has; with their results when it runs them. */
async function testsOf(folder: string, args: readonly string[]): Promise<readonly string[]> {
  using scratch = scratchFolder();
  const file = join(scratch.path, "tests.json");
  const [command = "", ...options] = args;
  const output =
    command === "list"
      ? ["--filesOnly", `--json=${file}`]
      : ["--reporter=json", `--outputFile=${file}`];
  const vitest = join(workspaceRoot, "packages", folder, "node_modules/.bin/vitest");
  await runCommand(vitest, [command, ...options, ...output], {
    cwd: join(workspaceRoot, "packages", folder),
  });
  const written = JSON.parse(readFileSync(file, "utf8"));
  return command === "list"
    ? written.map(listed).toSorted()
    : written.testResults.flatMap(results).toSorted();
}

/** A shard is a share of the files. */
function listed({ file }: { readonly file: string }): string {
  return file;
}

function results({
  name,
  assertionResults,
}: {
  readonly name: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}): readonly string[] {
  return assertionResults.map(({ fullName, status }) => `${name} ${fullName} ${status}`);
}

test.each([
  ["command-line", "run"],
  ["contract", "list"],
])("two processes, with a shard of %s each, %s the tests of one", async (folder, command) => {
  const [all, first, second] = await Promise.all([
    testsOf(folder, [command]),
    testsOf(folder, [command, "--shard=1/2"]),
    testsOf(folder, [command, "--shard=2/2"]),
  ]);
  expect(all.length).toBeGreaterThan(0);
  expect(first.length).toBeGreaterThan(0);
  expect(second.length).toBeGreaterThan(0);
  expect([...first, ...second].toSorted()).toEqual(all);
});
