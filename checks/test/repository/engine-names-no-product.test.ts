import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** The engines, and what of each speaks of the product: the rest serves any document with a lifecycle. */
const engines: Readonly<Record<string, RegExp>> = {
  "command-line": /^$/u,
  contract: /^face\.ts$/u,
  document: /^generated\//u,
  mock: /^(?:index|face|main)\.ts$|^cli\//u,
  redact: /^$/u,
};

/** Packages of this workspace that know nothing of the product, although their names have its name. */
const neutralPackages = /"@qontext\/sync-log-(?:command-line|document|redact)"/gu;

/** The words of the product in a text; Node's functions that end in `Sync` do not count. */
function productWords(text: string): readonly string[] {
  const words = /\w*(?:(?<!a)sync(?!hron)|workspace|qontext|ingest|knowledge)\w*|\bws_/giu;
  const found: readonly string[] = text.replaceAll(neutralPackages, "").match(words) ?? [];
  return found.filter((word) => !/^[a-z]+(?:[A-Z][a-z]+)*Sync$/u.test(word));
}

function sourcesOf(engine: string, face: RegExp): readonly string[] {
  return readdirSync(join(workspaceRoot, "packages", engine, "src"), {
    recursive: true,
    encoding: "utf8",
  })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !face.test(file));
}

describe.each(Object.entries(engines))("the engine %s", (engine, face) => {
  const files = sourcesOf(engine, face);

  test("has sources that are searched, and a face that is there", () => {
    expect(files.length).toBeGreaterThan(1);
  });

  test.each(files)("%s has no word of the product", (file) => {
    expect(productWords(file)).toEqual([]);
    const text = readFileSync(join(workspaceRoot, "packages", engine, "src", file), "utf8");
    expect(productWords(text)).toEqual([]);
  });
});

test.each([
  ['import { a } from "@qontext/sync-log-schema";', ["qontext", "sync"]],
  ["// Reads the syncs of a Workspace.", ["syncs", "Workspace"]],
  ['const key = env["QONTEXT_API_KEY"];', ["QONTEXT_API_KEY"]],
  ["if (id.startsWith('ws_')) return;", ["ws_"]],
  ['import { b } from "@qontext/sync-log-document";', []],
  ["await using c = asyncDispose; readFileSync(file); // synchronous", []],
])("the words of the product in %s are %j", (source, words) => {
  expect(productWords(source)).toEqual(words);
});
