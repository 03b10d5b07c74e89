import { expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { runCommand } from "@qontext/sync-log-test-support/run-command";

test.each(
  publishedPackages().map(({ manifest }) => [manifest.name, manifest.dependencies ?? {}] as const),
)("%s has a bill of materials with everything it depends on", async (name, dependencies) => {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--prod", "--filter", name];
  const { stdout } = await runCommand("pnpm", args, { cwd: workspaceRoot });
  const bill = JSON.parse(stdout);
  expect(bill).toMatchObject({ bomFormat: "CycloneDX" });
  const listed = bill.components.map((part: { group?: string; name: string }) =>
    part.group ? `${part.group}/${part.name}` : part.name,
  );
  const foreign = Object.keys(dependencies).filter(
    (dependency) => !dependency.includes("/sync-log-"),
  );
  expect(listed).toEqual(expect.arrayContaining(foreign));
});
