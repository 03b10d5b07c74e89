import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const productWords = /sync.?log|qontext|workspace|\b(?:ws|sync)_/i;

/** The lines of a source text that name the product, apart from imports of its packages. */
function productLines(source: string): readonly string[] {
  const lines = source.split("\n").filter((line) => !/\bfrom "@qontext\/[\w/-]+";$/.test(line));
  return lines.filter((line) => productWords.test(line));
}

test("only the face names the product: the engine serves any document", async () => {
  const folder = path.join(import.meta.dirname, "../src");
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith(".ts") && file !== "face.ts");
  expect(sources.length).toBeGreaterThan(50);
  for (const file of sources) {
    expect([file, productLines(await readFile(path.join(folder, file), "utf8"))]).toEqual([
      file,
      [],
    ]);
  }
});

test.for([
  ['const key = env["QONTEXT_API_KEY"];', 1],
  ["// The sync log of another Workspace.", 1],
  ["if (id.startsWith('ws_')) return;", 1],
  ['import { DocumentError } from "@qontext/sync-log-document";', 0],
  ["// Browsers keep logs in sync.", 0],
] as const)("%s has %i line that names the product", ([source, count]) => {
  expect(productLines(source)).toHaveLength(count);
});
