import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createApiReport, entryPoints } from "../../api-report/create-api-report.ts";
import type { EntryPoint } from "../../api-report/create-api-report.ts";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const reports = publishedPackages().flatMap((published) =>
  entryPoints(published).map(
    (entry) => [`${published.folder}/${entry.report}`, published, entry] as const,
  ),
);

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

const remedy = "run: pnpm generate";

function committedReport(dir: string, { report }: EntryPoint): string {
  const file = join(dir, report);
  return existsSync(file) ? readFileSync(file, "utf8") : "no report";
}

describe("the public API", () => {
  test.each(reports)("is what %s says", (_, published, entry) => {
    expect(committedReport(published.dir, entry), remedy).toBe(
      createApiReport(published.dir, entry),
    );
  });

  test("has no report of an entry point that is gone", () => {
    const known = new Set<string>(reports.map(([name]) => name));
    const found = publishedPackages().flatMap(({ dir, folder }) =>
      filesIn(join(dir, "etc")).map((file) => `${folder}/etc/${file}`),
    );
    expect(found.filter((name) => !known.has(name))).toEqual([]);
  });

  test("has another report when an export changes", () => {
    using scratch = scratchFolder({
      "package.json": JSON.stringify({ name: "one", version: "1.0.0" }),
      "index.d.ts": "/** One. @public */\nexport declare function one(a: string): void;\n",
    });
    const entry = { types: "index.d.ts", report: "one.api.md" };
    writeFileSync(join(scratch.path, entry.report), createApiReport(scratch.path, entry));
    writeFileSync(
      join(scratch.path, "index.d.ts"),
      "/** One. @public */\nexport declare function one(a: number): void;\n",
    );
    const compare = (): void =>
      expect(committedReport(scratch.path, entry), remedy).toBe(
        createApiReport(scratch.path, entry),
      );
    expect(compare).toThrow(/run: pnpm generate/u);
  });

  test("cannot be reported from declarations that do not exist", () => {
    using scratch = scratchFolder({
      "package.json": JSON.stringify({ name: "one", version: "1.0.0" }),
    });
    expect(() => createApiReport(scratch.path, { types: "absent.d.ts", report: "" })).toThrow(
      /absent\.d\.ts/u,
    );
  });
});
