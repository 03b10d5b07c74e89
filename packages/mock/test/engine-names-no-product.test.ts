import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sources = new URL("../src/", import.meta.url);

/** The product's face: the public names, the library in the product's words, and the command. */
const face = /^(?:index|face|main)\.ts$|^cli\//;

/** Packages of this workspace that know nothing of the product, although their names have its name. */
const neutralPackages = /"@qontext\/sync-log-(?:command-line|document|redact)"/g;

function productWords(source: string): readonly string[] {
  const text = source.replaceAll(neutralPackages, "");
  return (
    text.match(/\w*(?:(?<!a)sync(?!hron)|workspace|qontext|ingest|knowledge|pipeline)\w*/gi) ?? []
  );
}

const engineFiles = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts") && !face.test(file));

test.each(engineFiles)("the engine serves any document: %s has no word of the product", (file) => {
  expect(productWords(file)).toEqual([]);
  expect(productWords(readFileSync(new URL(file, sources), "utf8"))).toEqual([]);
});

test("the search finds the words of the product, and nothing else", () => {
  expect(engineFiles.length).toBeGreaterThan(25);
  const planted = `import { a } from "@qontext/sync-log-schema"; // Reads the syncs of a Workspace.`;
  expect(productWords(planted)).toEqual(["qontext", "sync", "syncs", "Workspace"]);
  const neutral = `import { b } from "@qontext/sync-log-document"; await using c = asyncDispose; // synchronous`;
  expect(productWords(neutral)).toEqual([]);
});
