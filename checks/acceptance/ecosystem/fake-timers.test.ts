import { commandEnvironment, runCommand } from "@qontext/sync-log-test-support/run-command";
import { expect, it } from "vitest";
import { toolsFolder } from "./support/other-packages.ts";

/** Runs the tests that lie in `tools/fake-timers` with a test runner, which says how many passed. */
async function outputOf(args: readonly string[]): Promise<string> {
  const env = { ...commandEnvironment(), FORCE_COLOR: "0" };
  return (await runCommand("node", args, { cwd: toolsFolder, env })).output;
}

it.each(["vitest-2", "vitest-3", "vitest-4", "vitest-5"])("%s", async (name) => {
  const options = ["run", "--root", "fake-timers/vitest", "--globals"];
  const output = await outputOf([`node_modules/${name}/vitest.mjs`, ...options]);
  expect(output).toContain(`v${name.slice("vitest-".length)}.`);
  expect(output).toMatch(/Tests +5 passed \(5\)/);
});

it("jest 30", async () => {
  const jest = ["node_modules/jest/bin/jest.js", "--config", "fake-timers/jest/jest.config.json"];
  expect(await outputOf(["--experimental-vm-modules", ...jest])).toMatch(
    /Tests: +4 passed, 4 total/,
  );
});

it("sinon, and node:test", async () => {
  const output = await outputOf(["--test", "--test-timeout=60000", "fake-timers/node.test.mjs"]);
  expect(output).toMatch(/pass 4\n/);
});
