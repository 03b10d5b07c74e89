import { describe, expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { forbiddenLicenses } from "./forbidden-licenses.ts";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

describe("the licenses of what a package brings along", () => {
  test.each(publishedPackages().map(({ manifest }) => manifest.name))(
    "are allowed: %s",
    async (name) => {
      const args = ["licenses", "list", "--prod", "--json", "--filter", name];
      const { stdout } = await runCommand("pnpm", args, { cwd: workspaceRoot });
      const hasNone = stdout.trim() === "" || stdout.startsWith("No licenses");
      expect(forbiddenLicenses(hasNone ? {} : JSON.parse(stdout))).toEqual([]);
    },
  );

  test.each([
    ["GPL-3.0-only", ["a: GPL-3.0-only"]],
    ["Unknown", ["a: Unknown"]],
    ["(MIT OR GPL-3.0-only)", []],
    ["MIT AND GPL-3.0-only", ["a: MIT AND GPL-3.0-only"]],
    ["Apache-2.0", []],
  ])("of %s are judged", (license, found) => {
    expect(forbiddenLicenses({ [license]: [{ name: "a" }] })).toEqual(found);
  });
});
