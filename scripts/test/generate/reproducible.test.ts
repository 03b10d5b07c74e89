import { cpSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot, runGenerator } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

function readAll(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).toSorted();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("the same document gives the same bytes, whatever the folder, the time zone and the language", () => {
  using scratch = scratchFolder();
  const elsewhere = join(scratch.path, "else where");
  cpSync(join(repositoryRoot, "specs"), join(elsewhere, "specs"), { recursive: true });
  mkdirSync(join(scratch.path, "first"));
  const first = runGenerator(
    ["--spec", join(repositoryRoot, "specs/openapi.yaml"), "--out", "first"],
    scratch.path,
    { TZ: "Pacific/Auckland", LC_ALL: "C" },
  );
  const second = runGenerator(["--spec", "specs/openapi.yaml", "--out", "../second"], elsewhere, {
    TZ: "America/St_Johns",
    LC_ALL: "tr_TR.UTF-8",
    FORCE_COLOR: "1",
  });
  expect([first.status, second.status]).toEqual([0, 0]);
  const files = readAll(join(scratch.path, "first"));
  expect(Object.keys(files)).toContain("types.ts");
  expect(readAll(join(scratch.path, "second"))).toEqual(files);
});
