import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";
import { pack, packAll } from "@qontext/sync-log-test-support/pack";
import type { Tarball } from "@qontext/sync-log-test-support/pack";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const scratch = scratchFolder();
let tarballs: ReadonlyMap<string, Tarball>;
const attwPackage = createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json");
const attw = join(dirname(attwPackage), "dist/index.js");

/** What publint says about a tarball, suggestions included. */
async function publintMessages(file: string): Promise<readonly string[]> {
  const bytes = readFileSync(file);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, level: "suggestion", strict: true });
  return messages.map((message) => formatMessage(message, pkg) ?? message.code);
}

/** What "Are the types wrong?" says about a tarball; empty when nothing is wrong. */
async function attwProblems(
  file: string,
  profile: "esm-only" | "node16",
  withoutCode: readonly string[] = [],
): Promise<string> {
  const args = [attw, file, "--profile", profile, "--no-color", "--no-emoji"];
  if (withoutCode.length > 0) args.push("--exclude-entrypoints", ...withoutCode);
  const { code, output } = await runCommand(process.execPath, args, {
    cwd: scratch.path,
    codes: "any",
  });
  return code === 0 ? "" : output;
}

beforeAll(async () => {
  tarballs = await packAll(scratch.path);
});

afterAll(() => scratch[Symbol.dispose]());

describe.each(publishedPackages())("$folder", ({ manifest }) => {
  test("is published as publint wants it", async () => {
    expect(await publintMessages(tarballs.get(manifest.name)?.file ?? "")).toEqual([]);
  });

  test("has types wherever it resolves", async () => {
    const documents = Object.keys(manifest.exports ?? {}).filter((path) => path.endsWith(".yaml"));
    // A command has no importers to speak of; everything else serves both module systems.
    const profile = manifest.name.endsWith("-cli") ? "esm-only" : "node16";
    const { file = "" } = tarballs.get(manifest.name) ?? {};
    expect(await attwProblems(file, profile, documents)).toBe("");
  });
});

describe("a package with the types of another module system", () => {
  test("is found by both", async () => {
    const manifest = {
      name: "broken",
      version: "1.0.0",
      type: "module",
      license: "MIT",
      exports: { ".": { default: "./index.js", types: "./index.d.cts" } },
    };
    using broken = scratchFolder({
      "package.json": JSON.stringify(manifest),
      "index.js": "export const a = 1;\n",
      "index.d.cts": "export declare const a: number;\n",
    });
    const { file } = await pack(broken.path, broken.path, "broken");
    expect(await publintMessages(file)).toContainEqual(expect.stringContaining("types"));
    expect(await attwProblems(file, "esm-only")).toContain("broken");
  });
});
