import { describe, expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "../api-report/published-packages.ts";
import { forbiddenLicenses } from "./support/forbidden-licenses.ts";
import { runCommand } from "./support/run-command.ts";

describe("the licenses of what a package brings along", () => {
  test.each(publishedPackages().map(({ manifest }) => manifest.name))(
    "are allowed: %s",
    async (name) => {
      const args = ["licenses", "list", "--prod", "--json", "--filter", name];
      const { code, stdout, stderr } = await runCommand("pnpm", args, workspaceRoot);
      expect({ code, stderr }).toMatchObject({ code: 0 });
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
