import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const cli = publishedPackages().find(({ manifest }) => manifest.bin?.["sync-log"] !== undefined);
const command = join(cli?.dir ?? "", cli?.manifest.bin?.["sync-log"] ?? "");

function optionsOf(subcommand: string): readonly string[] {
  const help = execFileSync(process.execPath, [command, subcommand, "--help"], {
    encoding: "utf8",
  });
  return [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gmu)].map(([, option = ""]) => option);
}

test("the guide of the command line lists every option of reading, listing and watching", () => {
  const guide = readFileSync(join(workspaceRoot, "docs/guides/command-line.md"), "utf8");
  const listed = [...guide.matchAll(/^\| `(--[a-z-]+)/gmu)].map(([, option = ""]) => option);
  const known = new Set(["get", "list", "watch"].flatMap(optionsOf));
  known.delete("--help");
  expect(listed.toSorted()).toEqual([...known].toSorted());
});
