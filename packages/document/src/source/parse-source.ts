import { CORE_SCHEMA, load, Type, YAMLException } from "js-yaml";
import { DocumentError } from "../document-error.ts";

/** YAML 1.2's core schema, in which a date is a text, and merge keys, which OpenAPI documents use although 1.2 dropped them. */
const schema = CORE_SCHEMA.extend({
  implicit: [
    new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (key) => key === "<<" }),
  ],
});

/** Deeper documents are refused; what reads them may recurse. */
const maxLevels = 500;

/** The types of the library do not have `maxDepth` yet. */
const loadOptions = { schema, maxDepth: maxLevels };

/** A document may be this many times as large as it is written, by aliases; below the least size nobody counts. */
const maxExpansion = 10;
const leastCountedNodes = 100_000;

/**
 * Parses a JSON or YAML file. Aliases are copied, so that every object stands at one place.
 *
 * @param path - Absolute path, for errors.
 * @throws DocumentError `document_unreadable`, with line and column where they are known.
 */
export function parseSource(text: string, path: string): unknown {
  const value = parse(text.replace(/^\u{FEFF}/u, ""), path);
  const { written, expanded } = countNodes(value, path);
  if (expanded > leastCountedNodes && expanded > maxExpansion * written) {
    const problem = `${path} is more than ${maxExpansion} times as large as it is written, by YAML aliases: write it out.`;
    throw new DocumentError("document_unreadable", problem);
  }
  return expanded === written ? value : JSON.parse(JSON.stringify(value));
}

function parse(text: string, path: string): unknown {
  // Most JSON is YAML, but its own parser is ten times as fast.
  if (/^\s*[{[]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      if (countKeys(value) === countWrittenKeys(text)) return value;
      // A key stands twice: YAML's parser says which.
    } catch {
      // A flow mapping of YAML looks like it, and YAML's errors have a place.
    }
  }
  try {
    return load(text, loadOptions);
  } catch (cause) {
    const mark = cause instanceof YAMLException ? cause.mark : undefined;
    const reason = cause instanceof YAMLException ? cause.reason : String(cause);
    throw new DocumentError("document_unreadable", `The file is not JSON or YAML: ${reason}.`, {
      cause,
      place: { file: path, line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 },
    });
  }
}

function countKeys(root: unknown): number {
  let keys = 0;
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const members: readonly unknown[] = Object.values(value);
    if (!Array.isArray(value)) keys += members.length;
    for (const member of members) pending.push(member);
  }
  return keys;
}

/** In JSON a text before a colon is a key. */
function countWrittenKeys(json: string): number {
  let keys = 0;
  for (const [, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/gs)) {
    if (colon !== undefined) keys += 1;
  }
  return keys;
}

/** How many values were written, and how many there are with each alias copied. */
function countNodes(
  root: unknown,
  path: string,
): { readonly written: number; readonly expanded: number } {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  let written = 0;
  const sizeOf = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    if (open.size === maxLevels) {
      const problem = `${path} is nested deeper than ${maxLevels} levels.`;
      throw new DocumentError("document_unreadable", problem);
    }
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) {
      const problem = `${path} has a YAML alias within what it stands for, so it would never end.`;
      throw new DocumentError("document_unreadable", problem);
    }
    open.add(value);
    written += 1;
    let size = 1;
    for (const member of Object.values(value)) {
      if (typeof member !== "object" || member === null) written += 1;
      size += sizeOf(member);
    }
    open.delete(value);
    sizes.set(value, size);
    return size;
  };
  const expanded = sizeOf(root);
  return { written: Math.max(written, 1), expanded };
}
