import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { packAll } from "@qontext/sync-log-test-support/pack";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import type { Tarball } from "@qontext/sync-log-test-support/pack";
import { readmeProblems } from "./readme-problems.ts";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** The setting that the first release needs, as RELEASING.md says. */
const isPublished = /^ {2}"repository": /mu.test(
  readFileSync(join(workspaceRoot, "package.json"), "utf8"),
);

const licenses = /^dist\/THIRD-PARTY-LICENSES\.txt$/u;

/** What a package holds beyond its compiled sources and the three files that each has. */
const extras: Readonly<Record<string, readonly RegExp[]>> = {
  "@qontext/sync-log-client": [licenses],
  "@qontext/sync-log-command-line": [licenses],
  "@qontext/sync-log-contract": [/^report\.schema\.json$/u],
  "@qontext/sync-log-document": [licenses],
  "@qontext/sync-log-cli": [/^dist\/reference\//u, licenses],
  "@qontext/sync-log-mock": [/^dist\/page\//u, /^control-api\.openapi\.yaml$/u],
  "@qontext/sync-log-schema": [/^dist\/generated\/openapi\.json$/],
};

/** Packages whose build makes one file of each entry point. */
const bundledEntries: Readonly<Record<string, readonly string[]>> = {
  "@qontext/sync-log-client": [
    "index.ts",
    "node/index.ts",
    "openapi/index.ts",
    "testing/index.ts",
    "wait/index.ts",
  ],
};

/** The same as CommonJS, of fewer files; `bundled-code.test.ts` knows what is in them. */
const commonJs = /^dist\/cjs\/(?:package\.json|.+\.js|.+\.d\.ts)$/u;
const isCommonJsToo = (exports: unknown): boolean =>
  filesIn(exports).some((file) => file.startsWith("./dist/cjs/"));

const always = ["LICENSE", "README.md", "package.json"];

function expectedEntries(name: string, dir: string): readonly string[] {
  const sources = readdirSync(join(dir, "src"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts"),
  );
  const compiled = sources.flatMap((source) => {
    const stem = `dist/${source.replace(/\.ts$/u, "")}`;
    return (bundledEntries[name]?.includes(source) ?? true) ? [`${stem}.js`] : [];
  });
  const entries: string[] = [...always, ...compiled];
  return entries.toSorted();
}

/** The paths at the leaves of an `exports` or `bin` field. */
function filesIn(field: unknown): readonly string[] {
  if (typeof field === "string") return [field];
  return typeof field === "object" && field !== null ? Object.values(field).flatMap(filesIn) : [];
}

describe("what a package publishes", () => {
  let tarballs: ReadonlyMap<string, Tarball>;

  beforeAll(async () => {
    using scratch = scratchFolder();
    tarballs = await packAll(scratch.path);
  });

  test.each(publishedPackages().map(({ manifest }) => [manifest.name, manifest] as const))(
    "%s holds every file that its manifest points at",
    (name, manifest) => {
      const entries = tarballs.get(name)?.entries ?? [];
      const targets = [...filesIn(manifest.exports), ...filesIn(manifest.bin)];
      expect(targets).not.toEqual([]);
      expect(targets.filter((file) => !entries.includes(file.replace(/^\.\//u, "")))).toEqual([]);
    },
  );

  test.each(
    publishedPackages().map(({ dir, manifest }) => [manifest.name, dir, manifest] as const),
  )(
    "%s holds its compiled sources, README, LICENSE and manifest, and nothing else",
    (name, dir, { exports }) => {
      const entries = tarballs.get(name)?.entries ?? [];
      const allowed = [...(extras[name] ?? []), ...(isCommonJsToo(exports) ? [commonJs] : [])];
      const plain = entries.filter((entry) => !allowed.some((pattern) => pattern.test(entry)));
      expect(plain.filter((entry) => !entry.endsWith(".d.ts"))).toEqual(expectedEntries(name, dir));
      const declarations = plain.filter((entry) => entry.endsWith(".d.ts"));
      const sources = declarations.map((entry) =>
        entry.replace(/^dist\/(.+)\.d\.ts$/u, "src/$1.ts"),
      );
      expect(sources.filter((source) => !existsSync(join(dir, source)))).toEqual([]);
      for (const pattern of allowed) {
        expect(
          entries.some((entry) => pattern.test(entry)),
          `${pattern} matches no file`,
        ).toBe(true);
      }
    },
  );

  test.each(publishedPackages().map(({ dir, manifest }) => [manifest.name, dir] as const))(
    "%s has a README that is true where it is installed",
    (name, dir) => {
      const readme = readFileSync(join(dir, "README.md"), "utf8");
      const { entries = [] } = tarballs.get(name) ?? {};
      expect(readmeProblems(readme, name, entries, isPublished)).toEqual([]);
    },
  );

  test.each(["README.md", "docs/guides/installing-and-upgrading.md"])(
    "%s says that nothing is published yet, as long as that is so",
    (file) => {
      const page = readFileSync(join(workspaceRoot, file), "utf8");
      expect(/not published yet/iu.test(page)).toBe(!isPublished);
    },
  );

  test("a README without its installation, too short and with a dead link is found", () => {
    const readme = "[code](src/index.ts) [license](LICENSE) [guide](https://docs.example)\n";
    expect(readmeProblems(readme, "@qontext/sync-log-client", ["LICENSE"], false)).toEqual([
      "src/index.ts is not in the package",
      "does not say `npm install @qontext/sync-log-client`",
      "does not say `# not published yet: …` where it is installed",
      "has 1 lines, not 60 to 120",
    ]);
    const early = "npm install @qontext/sync-log-client # not published yet: pack it\n".repeat(60);
    expect(readmeProblems(early, "@qontext/sync-log-client", [], true)).toEqual([
      "says `not published yet`, and the root package.json names a repository",
    ]);
  });
});
