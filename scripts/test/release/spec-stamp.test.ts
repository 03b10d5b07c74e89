import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { expect, test } from "vitest";
import { stampManifests } from "../../generate/stamp-manifests.ts";

test("manifests are stamped with the document they were made of, and a changed hash is a difference", async () => {
  using scratch = scratchFolder();
  const root = scratch.path;
  const manifest = join(root, "packages/client/package.json");
  await mkdir(join(root, "packages/client"), { recursive: true });
  await writeFile(join(root, "package.json"), "{}");
  await writeFile(
    manifest,
    '{"name": "client", "openapi": {"version": "0.1.0"}, "license": "MIT"}',
  );
  const document = { openapi: "3.1.1", info: { title: "T", version: "1.2.3" } };
  const stamped = await stampManifests(root, document);
  expect([...stamped.keys()]).toEqual([manifest]);
  const text = stamped.get(manifest) ?? "";
  expect(Object.keys(JSON.parse(text))).toEqual(["name", "openapi", "license"]);
  expect(JSON.parse(text).openapi).toEqual({
    version: "1.2.3",
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
  });
  expect(text).not.toBe(readFileSync(manifest, "utf8"));
  const other = await stampManifests(root, { ...document, paths: {} });
  expect(other.get(manifest)).not.toBe(text);
});
