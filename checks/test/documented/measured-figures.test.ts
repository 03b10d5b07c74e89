import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";
import { measuredPages, withFigures } from "../../readme-figures/figures.ts";

const readme = readFileSync(join(workspaceRoot, "README.md"), "utf8");

test.each(measuredPages)("%s shows the figures that were measured last", (file) => {
  const page = readFileSync(file, "utf8");
  expect(page).toContain("<!-- measured: ");
  expect(withFigures(page), "Run pnpm generate.").toBe(page);
});

test("a figure that is not the measured one is found, and one of nothing is refused", () => {
  const better = readme.replace(
    /(\*\*`@qontext\/sync-log-client`\*\* \| yes +\| )[\d.]+/u,
    "$10.5",
  );
  expect(better).not.toBe(readme);
  expect(withFigures(better)).toBe(readme);
  expect(() => withFigures("<!-- measured: luck -->\n<!-- /measured -->")).toThrow(/luck/u);
});
