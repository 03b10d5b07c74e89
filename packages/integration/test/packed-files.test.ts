import { globSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { packAll, scratchFolder } from "./support/pack.ts";
import type { Tarball } from "./support/pack.ts";
import { publishedPackages } from "./support/workspace.ts";

/** What a package holds beyond its compiled sources and the three files that each has. */
const extras: Readonly<Record<string, readonly RegExp[]>> = {
  "@qontext/sync-log-schema": [/^dist\/generated\/openapi\.json$/],
};

const always = ["LICENSE", "README.md", "package.json"];

function expectedEntries(dir: string): readonly string[] {
  const compiled = globSync("**/*.ts", { cwd: join(dir, "src") }).flatMap((source) => {
    const stem = `dist/${source.replace(/\.ts$/u, "")}`;
    return [`${stem}.js`, `${stem}.d.ts`];
  });
  const entries: string[] = [...always, ...compiled];
  return entries.toSorted();
}

describe("what a package publishes", () => {
  let tarballs: readonly Tarball[] = [];

  beforeAll(async () => {
    using scratch = scratchFolder();
    tarballs = await packAll(scratch.path);
  }, 60_000);

  test.each(publishedPackages().map(({ dir, manifest }) => [manifest.name, dir] as const))(
    "%s holds its compiled sources, README, LICENSE and manifest, and nothing else",
    (name, dir) => {
      const entries = tarballs.find((tarball) => tarball.name === name)?.entries ?? [];
      const allowed = extras[name] ?? [];
      const plain = entries.filter((entry) => !allowed.some((pattern) => pattern.test(entry)));
      expect(plain).toEqual(expectedEntries(dir));
      for (const pattern of allowed) {
        expect(
          entries.some((entry) => pattern.test(entry)),
          `${pattern} matches no file`,
        ).toBe(true);
      }
    },
  );
});
