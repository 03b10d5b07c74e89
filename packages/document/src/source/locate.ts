import { createRequire } from "node:module";
import type * as yaml from "yaml";
import type { SourcePlace } from "../document-error.ts";
import { pointerTokens } from "../json-pointer.ts";

type Yaml = Pick<
  typeof yaml,
  "isAlias" | "isMap" | "isPair" | "isScalar" | "isSeq" | "parseDocument"
>;

/**
 * A function that says where a pointer leads to in a file: to the key of a member, or to the nearest thing around it that is
 * there. The text is parsed when the first place is asked for.
 */
export function createLocator(
  file: string,
  text: string,
): (pointer: string) => SourcePlace | undefined {
  let find: ((tokens: readonly string[]) => number) | undefined;
  return (pointer) => {
    find ??= parseOffsets(text);
    const before = text.slice(0, find(pointerTokens(pointer)));
    const lines = before.split("\n");
    return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  };
}

function parseOffsets(text: string): (tokens: readonly string[]) => number {
  // Only an error asks for a place, and this parser takes ten times as long as the one that reads.
  const require = createRequire(import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- require() has no types of its own
  const { isMap, isPair, isScalar, isSeq, isAlias, parseDocument } = require("yaml") as Yaml;
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  return (tokens) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const token of tokens) {
      if (isAlias(node)) node = node.resolve(document);
      let next: unknown;
      if (isSeq(node)) next = node.items[Number(token)];
      if (isMap(node)) {
        next = node.items.find(({ key }) => isScalar(key) && String(key.value) === token);
      }
      if (next === undefined) break;
      const target = isPair(next) ? next.key : next;
      if (hasRange(target)) offset = target.range[0];
      node = isPair(next) ? next.value : next;
    }
    return offset;
  };
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
}
