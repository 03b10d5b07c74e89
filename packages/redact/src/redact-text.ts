import { decodeText, type SearchedText, toLowerCase } from "./decode-text.ts";
import { formsOfKey } from "./forms-of-key.ts";

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
  // Decoding may join what stands before a key to its first characters, so the text is also searched as it is.
  const searched: SearchedText[] = [{ text: toLowerCase(original) }];
  if (/[%&\\]/.test(original)) searched.push(decodeText(original));
  const regions: Region[] = [];
  for (const known of keys) {
    for (const form of (known.forms ??= formsOfKey(known.key))) {
      for (const { text, starts } of searched) {
        for (const [start, end] of regionsOf(form, text)) {
          regions.push([starts?.[start] ?? start, starts?.[end] ?? end, known.label]);
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

/** Where a form stands in a text: those that overlap, as a key may with itself at every character, are one. */
function* regionsOf(form: string, text: string): Generator<readonly [start: number, end: number]> {
  for (let start = text.indexOf(form); start >= 0;) {
    let last = start;
    let next = start;
    do {
      last = next;
      next = text.lastIndexOf(form, last + form.length - 1);
    } while (next > last);
    const end = last + form.length;
    yield [start, end];
    start = text.indexOf(form, end);
  }
}
