import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledCode, readBundledCode } from "@qontext/sync-log-bundled-code";
import type { RecordedCode } from "@qontext/sync-log-bundled-code";
import { packAll } from "@qontext/sync-log-test-support/pack";
import type { Tarball } from "@qontext/sync-log-test-support/pack";
import { repositoryFiles } from "@qontext/sync-log-test-support/repository-files";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import type { WorkspacePackage } from "@qontext/sync-log-test-support/workspace";
import { forbiddenLicenses } from "./forbidden-licenses.ts";

const scratch = scratchFolder();
let tarballs: ReadonlyMap<string, Tarball>;

beforeAll(async () => {
  tarballs = await packAll(scratch.path);
});

afterAll(() => scratch[Symbol.dispose]());

const scriptsOf = (name: string): readonly string[] =>
  (tarballs.get(name)?.entries ?? [])
    .filter((entry) => /^dist\/.*\.[cm]?js$/u.test(entry))
    .map((entry) => entry.replace("dist/", ""));

/** Scripts of a package that are neither compiled from one source, nor copied from the repository, nor written down as bundled. */
function unknownScripts(
  { dir, manifest }: WorkspacePackage,
  code: RecordedCode,
): readonly string[] {
  const isCompiled = !manifest.scripts?.["build"]?.includes("rolldown");
  return scriptsOf(manifest.name).filter((script) => {
    if (code[script] !== undefined) return false;
    const source = join(dir, "src", script.replace(/js$/u, "ts"));
    if (existsSync(source)) return !isCompiled;
    const text = readFileSync(join(dir, "dist", script), "utf8");
    const namesakes = repositoryFiles().filter((file) => basename(file) === basename(script));
    return !namesakes.some((file) => readFileSync(join(workspaceRoot, file), "utf8") === text);
  });
}

describe("the code of others in a package", () => {
  test.each(publishedPackages().map((one) => [one.manifest.name, one] as const))(
    "goes along with its licenses: %s",
    async (name, published) => {
      const code = readBundledCode(join(published.dir, "dist"));
      expect(unknownScripts(published, code)).toEqual([]);
      const bundled = Object.values(code).flat();
      const byLicense = bundled.map((one) => ({ [one.license]: [one] }));
      expect(byLicense.flatMap(forbiddenLicenses)).toEqual([]);
      if (bundled.length === 0) return;
      const { file = "" } = tarballs.get(name) ?? {};
      const listing = "package/dist/THIRD-PARTY-LICENSES.txt";
      const { stdout } = await runCommand("tar", ["-xzOf", file, listing], { cwd: scratch.path });
      for (const { name: part, text } of bundled) {
        expect(stdout).toContain(`${part} `);
        expect(stdout).toContain(text);
      }
    },
  );

  test.each([
    ["client", /^openapi\/index\.js$/u],
    ["mock", /^page\/assets\/.*\.js$/u],
    ["cli", /^reference\/.*\.js$/u],
  ])("is missed when the build of %s does not write it down", (folder, script) => {
    const published = publishedPackages().find((one) => one.folder === folder);
    const found = published ? unknownScripts(published, {}) : [];
    expect(found).toContainEqual(expect.stringMatching(script));
  });
});

/** Builds a package that imports `part` from the files that are given, and gives what was written down. */
async function bundle(files: Readonly<Record<string, string>>): Promise<RecordedCode> {
  using folder = scratchFolder({
    "package.json": JSON.stringify({ name: "whole", version: "1.0.0", type: "module" }),
    "index.js": 'export { part } from "part";\n',
    "node_modules/part/index.js": "export const part = 1;\n",
    ...files,
  });
  const dist = join(folder.path, "dist");
  const build = await rolldown({
    cwd: folder.path,
    input: "index.js",
    plugins: [bundledCode(dist)],
  });
  await build.write({ dir: dist });
  return readBundledCode(dist);
}

describe("a build that bundles a package", () => {
  const manifest = { name: "part", version: "1.2.3", license: "MIT", exports: "./index.js" };

  test("writes down its name, version and license", async () => {
    const files = {
      "node_modules/part/package.json": JSON.stringify(manifest),
      "node_modules/part/LICENSE.md": "MIT License\n\nCopyright (c) Somebody\n",
    };
    expect(await bundle(files)).toEqual({
      "index.js": [
        {
          name: "part",
          version: "1.2.3",
          license: "MIT",
          text: "MIT License\n\nCopyright (c) Somebody",
        },
      ],
    });
  });

  test("counts what a package of the workspace had bundled before", async () => {
    const files = {
      "index.js": 'export { part } from "./other/dist/index.js";\n',
      "other/package.json": JSON.stringify({ name: "other", version: "1.0.0", type: "module" }),
      "other/dist/index.js": "export const part = 1;\n",
      "other/dist/bundled-code.json": JSON.stringify({
        "index.js": [{ name: "part", version: "1.2.3", license: "MIT", text: "MIT" }],
        "unused.js": [{ name: "another", version: "1.0.0", license: "MIT", text: "MIT" }],
      }),
    };
    const { "index.js": found } = await bundle(files);
    expect(found?.map(({ name }) => name)).toEqual(["part"]);
  });

  test.each([
    ["no text of its license", manifest, {}],
    ["no license", { ...manifest, license: undefined }, { "node_modules/part/LICENSE": "Mine.\n" }],
  ])("fails when that has %s", async (problem, withoutOne, files) => {
    const broken = { "node_modules/part/package.json": JSON.stringify(withoutOne), ...files };
    await expect(bundle(broken)).rejects.toThrow(
      `part 1.2.3 is bundled, but its package has ${problem}`,
    );
  });
});
