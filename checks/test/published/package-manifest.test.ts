import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";
import { manifestProblems } from "./manifest-problems.ts";
import type { Tarball } from "@qontext/sync-log-test-support/pack";
import { packAll } from "@qontext/sync-log-test-support/pack";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const scratch = scratchFolder();
let tarballs: ReadonlyMap<string, Tarball>;

beforeAll(async () => {
  tarballs = await packAll(scratch.path);
});

afterAll(() => scratch[Symbol.dispose]());

describe("a published package", () => {
  test.each(publishedPackages().map((one) => [one.folder, one.manifest] as const))(
    "%s is what its consumers rely on",
    (_, manifest) => {
      expect(manifestProblems(manifest, tarballs.get(manifest.name)?.entries ?? [])).toEqual([]);
    },
  );
});

describe("the check", () => {
  const fine = {
    name: "fine",
    sideEffects: false,
    license: "MIT",
    type: "module",
    files: ["dist"],
    engines: { node: ">=20.19" },
    publishConfig: { access: "public" },
  };
  const entries = ["LICENSE", "README.md", "package.json", "dist/index.js"];

  test.each([
    ["side effects", { ...fine, sideEffects: true }, entries, 'no `"sideEffects": false`'],
    ["no README", fine, ["LICENSE", "package.json"], "no README.md"],
    ["no LICENSE", fine, ["README.md", "package.json"], "no LICENSE"],
    [
      "a map without its source",
      fine,
      [...entries, "dist/a.js.map"],
      "dist/a.js.map has no source beside it",
    ],
    [
      "a build record",
      fine,
      [...entries, "dist/tsconfig.tsbuildinfo"],
      "dist/tsconfig.tsbuildinfo is not for consumers",
    ],
    [
      "a range",
      { ...fine, dependencies: { a: "^1.0.0" } },
      entries,
      "a is ^1.0.0 and not one version",
    ],
    [
      "an install script",
      { ...fine, scripts: { postinstall: "x" } },
      entries,
      "a script that runs at install",
    ],
  ])("finds %s", (_, manifest, files, problem) => {
    expect(manifestProblems(manifest, files)).toEqual([problem]);
  });

  test("takes a map with its source", () => {
    expect(manifestProblems(fine, [...entries, "dist/a.d.ts.map", "src/a.ts"])).toEqual([]);
  });
});
