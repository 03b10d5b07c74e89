import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "../api-report/published-packages.ts";
import { runCommand } from "./support/run-command.ts";
import { scratchFolder } from "./support/scratch-folder.ts";

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
  const { code, stdout, stderr } = await runCommand(
    vitest,
    [command, ...options, ...output],
    join(workspaceRoot, "packages", folder),
  );
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
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
  ["rules", "run"],
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
