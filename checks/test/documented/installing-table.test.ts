import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { installingRows } from "../../acceptance/ecosystem/support/installing-cells.ts";

test("the guide names the module systems, compilers, runners and bundlers that are tried, and no other", () => {
  const guide = readFileSync(join(workspaceRoot, "docs/guides/where-it-runs.md"), "utf8");
  const [, table = ""] = /^\| tool +\|.*\n\|[ -|]+\n((?:\|.*\n)+)/mu.exec(guide) ?? [];
  const rows = table
    .trim()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(installingRows());
});
