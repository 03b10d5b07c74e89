import { createPatterns, minKeyLength, search, type Pattern } from "./key-patterns.ts";
import { readCharacters, type Characters } from "./read-characters.ts";

/** A key, and what is shown in its place. */
export interface KnownKey {
  readonly key: string;
  readonly label: string;
  /** Made when the first text is redacted, which for most clients is never. */
  patterns?: readonly Pattern[];
}

interface Region {
  readonly start: number;
  end: number;
  readonly label: string;
}

/** What stands around a value: the ends of the text, quotes, and what separates the pairs of a query. */
const delimiters = "\"'`=&;";

/** A text with the label of each key in its place. In a name, keys that are short enough to be a word are left. */
export function redactText(text: string, keys: readonly KnownKey[], isName: boolean): string {
  const regions: Region[] = [];
  // Decoding may join what stands before a key to its first characters, so the text is also read as it is.
  for (const decodes of /[%&\\]/.test(text) ? [false, true] : [false]) {
    let characters: Characters | undefined;
    for (const known of keys) {
      known.patterns ??= createPatterns(known.key);
      for (const pattern of known.patterns) {
        const { length } = pattern.form;
        // No encoding makes a key shorter.
        if (length > text.length || (isName && length < minKeyLength)) continue;
        characters ??= readCharacters(text, decodes);
        collectRegions(pattern, characters, known.label, regions);
      }
    }
  }
  regions.sort((left, right) => left.start - right.start || right.end - left.end);
  let result = "";
  let at = 0;
  for (const { start, end, label } of mergeRegions(regions)) {
    const found = text.slice(start, end);
    result += text.slice(at, start) + (keys.find(({ key }) => key === found)?.label ?? label);
    at = end;
  }
  return result + text.slice(at);
}

function collectRegions(
  pattern: Pattern,
  characters: Characters,
  label: string,
  regions: Region[],
): void {
  const { codes, starts, ends, length } = characters;
  const isDelimiter = (at: number): boolean =>
    at < 0 || at >= length || delimiters.includes(String.fromCharCode(codes[at] ?? 0));
  let last: Region | undefined;
  search(pattern, characters, (first, final) => {
    const isShort = pattern.form.length < minKeyLength;
    if (isShort && !(isDelimiter(first - 1) && isDelimiter(final + 1))) return;
    const start = starts[first] ?? 0;
    const end = ends[final] ?? 0;
    // A key may overlap with itself at every character.
    if (last !== undefined && start < last.end) last.end = end;
    else regions.push((last = { start, end, label }));
  });
}

function mergeRegions(sorted: readonly Region[]): readonly Region[] {
  const merged: Region[] = [];
  for (const region of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && region.start < last.end) last.end = Math.max(last.end, region.end);
    else merged.push(region);
  }
  return merged;
}
