import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBundledCode } from "@qontext/sync-log-bundled-code";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

const scratch = scratchFolder();

beforeAll(async () => {
  await runCommand("node", ["scripts/release/sbom/main.ts", scratch.path], { cwd: workspaceRoot });
});

afterAll(() => scratch[Symbol.dispose]());

test.each(
  publishedPackages().map(
    ({ folder, dir, manifest }) => [manifest.name, folder, dir, manifest] as const,
  ),
)(
  "%s has a bill of materials with everything it depends on or bundles",
  (_, folder, dir, manifest) => {
    const bill = JSON.parse(readFileSync(join(scratch.path, `${folder}.cdx.json`), "utf8"));
    expect(bill).toMatchObject({ bomFormat: "CycloneDX" });
    const listed = bill.components.map((part: { group?: string; name: string }) =>
      part.group ? `${part.group}/${part.name}` : part.name,
    );
    const bundled = Object.values(readBundledCode(join(dir, "dist"))).flat();
    const foreign = Object.keys(manifest.dependencies ?? {}).filter(
      (dependency) => !dependency.includes("/sync-log-"),
    );
    expect(listed).toEqual(
      expect.arrayContaining([...foreign, ...bundled.map(({ name }) => name)]),
    );
    expect(new Set(listed).size).toBeGreaterThanOrEqual(
      new Set(bundled.map(({ name }) => name)).size,
    );
    const refs: string[] = bill.components.map((part: { "bom-ref": string }) => part["bom-ref"]);
    expect(new Set(refs).size).toBe(refs.length);
    const withoutVersion = refs.filter((ref) => !/^pkg:npm\/(?:%40)?[^@]+@\d/u.test(ref));
    expect(withoutVersion).toEqual([]);
    const unlicensed = bill.components.filter(
      ({ licenses = [] }: { licenses?: readonly unknown[] }) => licenses.length === 0,
    );
    expect(unlicensed).toEqual([]);
  },
);

test("the bill of the command names what the script of its reference is made of", () => {
  const bill = JSON.parse(readFileSync(join(scratch.path, "cli.cdx.json"), "utf8"));
  expect(bill.components).toContainEqual(
    expect.objectContaining({ group: "@scalar", name: "api-reference" }),
  );
  const own = bill.dependencies.find(
    ({ ref }: { ref: string }) => ref === bill.metadata.component["bom-ref"],
  );
  expect(own.dependsOn).toContainEqual(expect.stringMatching(/^pkg:npm\/parse5@\d/u));
});
