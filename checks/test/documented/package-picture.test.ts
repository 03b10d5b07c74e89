import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";
import { codeBlocks } from "./code-blocks.ts";

test("the picture of the packages has only arrows that their manifests have", () => {
  const [block] = codeBlocks(readFileSync(join(workspaceRoot, "README.md"), "utf8"), "mermaid");
  const drawn = [...(block?.code ?? "").matchAll(/^ +([\w-]+) --> ([\w-]+)$/gmu)].map(
    ([, from = "", to = ""]) => `${from} --> ${to}`,
  );
  const real = publishedPackages().flatMap(({ folder, manifest }) =>
    Object.keys(manifest.dependencies ?? {}).map(
      (name) => `${folder} --> ${name.replace(/^.*\/sync-log-/u, "")}`,
    ),
  );
  expect(drawn.length).toBeGreaterThan(5);
  expect(real).toEqual(expect.arrayContaining(drawn));
});
