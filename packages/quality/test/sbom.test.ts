import { expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "../api-report/published-packages.ts";
import { runCommand } from "./support/run-command.ts";

test.each(
  publishedPackages().map(({ manifest }) => [manifest.name, manifest.dependencies ?? {}] as const),
)("%s has a bill of materials with everything it depends on", async (name, dependencies) => {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--prod", "--filter", name];
  const { code, stdout, stderr } = await runCommand("pnpm", args, workspaceRoot);
  expect({ code, stderr }).toMatchObject({ code: 0 });
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
