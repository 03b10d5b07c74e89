import { decodeText, type SearchedText, toLowerCase } from "./decode-text.ts";
import { formsOfKey, minKeyLength } from "./forms-of-key.ts";

/** A key, and what is shown in its place. */
export interface KnownKey {
  readonly key: string;
  readonly label: string;
  /** Made when the first text is redacted, which for most clients is never. */
  forms?: readonly string[];
}

type Region = readonly [start: number, end: number, label: string];

/** A text with the label of each key in its place. */
export function redactText(original: string, keys: readonly KnownKey[]): string {
  // A value may have a million texts that are too short for any form: each costs nothing.
  if (original.length < minKeyLength) return original;
  // Decoding may join what stands before a key to its first characters, so the text is also searched as it is.
  const searched: SearchedText[] = [{ text: toLowerCase(original) }];
  if (/[%&\\]/.test(original)) searched.push(decodeText(original));
  const regions: Region[] = [];
  for (const known of keys) {
    for (const form of (known.forms ??= formsOfKey(known.key))) {
      for (const { text, starts = [] } of searched) {
        for (const [start, end] of regionsOf(form, text)) {
          const from = starts[start] ?? start;
          const to = starts[end] ?? end;
          // A word that is only what a key means when it is decoded is not taken for the key.
          if (to - from >= minKeyLength) regions.push([from, to, known.label]);
        }
      }
    }
  }
  regions.sort((left, right) => left[0] - right[0] || right[1] - left[1]);
  let result = "";
  let at = 0;
  for (const [start, end, label] of regions) {
    if (end <= at) continue;
    if (start >= at) {
      const exact = keys.find(({ key }) => key === original.slice(start, end));
      result += original.slice(at, start) + (exact?.label ?? label);
    }
    at = end;
  }
  return result + original.slice(at);
}

/** So much of a form is searched for; engines may take the length of what they search times that of the text. */
const maxSearchedLength = 256;

/**
 * Where a form stands in a text, or the beginning of a long one: those that overlap, as a key may with itself at every character,
 * are one.
 */
function regionsOf(form: string, text: string): readonly (readonly [start: number, end: number])[] {
  const regions: (readonly [start: number, end: number])[] = [];
  const head = form.slice(0, maxSearchedLength);
  let end = 0;
  for (let start = text.indexOf(head); start >= 0; start = text.indexOf(head, end)) {
    for (let last = -1, next = start; next > last; next = text.lastIndexOf(head, end - 1)) {
      last = next;
      end = Math.max(end, last + head.length);
      while (text[end] && text[end] === form[end - last]) end += 1;
    }
    regions.push([start, end]);
  }
  return regions;
}
