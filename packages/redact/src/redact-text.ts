import { formsOfKey } from "./forms-of-key.ts";
import { readCharacters, type Characters } from "./read-characters.ts";

/** A key, and what is shown in its place. */
export interface KnownKey {
  readonly key: string;
  readonly label: string;
  /** Made when the first text is redacted, which for most clients is never. */
  forms?: readonly string[];
}

type Region = [start: number, end: number, label: string];

/** A text with the label of each key in its place. */
export function redactText(text: string, keys: readonly KnownKey[]): string {
  const regions: Region[] = [];
  // Decoding may join what stands before a key to its first characters, so the text is also read as it is.
  for (const decodes of /[%&\\]/.test(text) ? [false, true] : [false]) {
    let characters: Characters | undefined;
    for (const known of keys) {
      known.forms ??= formsOfKey(known.key);
      for (const form of known.forms) {
        // No encoding makes a key shorter.
        if (form.length > text.length) continue;
        characters ??= readCharacters(text, decodes);
        collectRegions(form, characters, known.label, regions);
      }
    }
  }
  regions.sort((left, right) => left[0] - right[0] || right[1] - left[1]);
  let result = "";
  let at = 0;
  for (const [start, end, label] of regions) {
    if (end <= at) continue;
    if (start >= at) {
      const exact = keys.find(({ key }) => key === text.slice(start, end));
      result += text.slice(at, start) + (exact?.label ?? label);
    }
    at = end;
  }
  return result + text.slice(at);
}

/** Finds a form by the algorithm of Knuth, Morris and Pratt, which never goes back in the text. */
function collectRegions(
  form: string,
  { codes, starts, length }: Characters,
  label: string,
  regions: Region[],
): void {
  const size = form.length;
  /** For each prefix of the form, how long its longest proper prefix is that also ends it. */
  const fallbacks = new Uint32Array(size);
  let matched = 0;
  let last: Region | undefined;
  // The form is searched for in itself first, for the fallbacks, and then in the text.
  for (let at = 1 - size; at < length; at += 1) {
    if (at === 0) matched = 0;
    const code = at < 0 ? form.charCodeAt(size + at) : (codes[at] ?? 0) & 0xffff;
    while (matched > 0 && form.charCodeAt(matched) !== code) matched = fallbacks[matched - 1] ?? 0;
    if (form.charCodeAt(matched) === code) matched += 1;
    if (at < 0) fallbacks[size + at] = matched;
    else if (matched === size) {
      const start = starts[at + 1 - size] ?? 0;
      const end = starts[at + 1] ?? 0;
      // A key may overlap with itself at every character.
      if (last !== undefined && start < last[1]) last[1] = end;
      else regions.push((last = [start, end, label]));
    }
  }
}
