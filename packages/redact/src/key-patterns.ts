import { readCharacters, type Characters } from "./read-characters.ts";

/**
 * The length from which a key is searched for anywhere in a text. A shorter one is part of ordinary
 * words, so only a whole value, or one in quotes or after `=`, is taken for it.
 */
export const minKeyLength = 8;

/** One form of a key, ready to be searched for. */
export interface Pattern {
  readonly form: string;
  /** For each prefix of the form, how long its longest proper prefix is that also ends it. */
  readonly fallbacks: Uint32Array;
}

/** The key, and the forms of it that decoding a text does not undo. */
export function createPatterns(key: string): readonly Pattern[] {
  const bytes = Array.from(new TextEncoder().encode(key), (byte) => String.fromCharCode(byte));
  const text = bytes.join("");
  const forms = [key, text].flatMap((form) => [
    charactersOf(form, true),
    charactersOf(form, false),
  ]);
  if (key.length >= minKeyLength) {
    forms.push(bytes.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(""));
    for (const offset of [0, 1, 2]) {
      const base64 = charactersOf(base64Core(text, offset), false);
      forms.push(base64, base64.replaceAll("+", "-").replaceAll("/", "_"));
    }
  }
  return [...new Set(forms)]
    .filter((form) => form !== "")
    .map((form) => ({ form, fallbacks: fallbacksOf(form) }));
}

function charactersOf(form: string, decodes: boolean): string {
  const { codes, length } = readCharacters(form, decodes);
  return Array.from(codes.subarray(0, length), (code) => String.fromCharCode(code)).join("");
}

/** What the key looks like in base64, where it begins at an offset in a group of three bytes. */
function base64Core(bytes: string, offset: number): string {
  const encoded = btoa("\0".repeat(offset) + bytes);
  // The characters at both ends also carry bits of the bytes beside the key.
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** The table of Knuth, Morris and Pratt, with which a search never goes back in the text. */
function fallbacksOf(form: string): Uint32Array {
  const fallbacks = new Uint32Array(form.length);
  let matched = 0;
  for (let at = 1; at < form.length; at += 1) {
    matched = advance(form, fallbacks, matched, form.charCodeAt(at));
    fallbacks[at] = matched;
  }
  return fallbacks;
}

function advance(form: string, fallbacks: Uint32Array, matched: number, code: number): number {
  let length = matched;
  while (length > 0 && form.charCodeAt(length) !== code) length = fallbacks[length - 1] ?? 0;
  return form.charCodeAt(length) === code ? length + 1 : length;
}

/** Calls `found` with the index of the first and the last character of each occurrence, in order. */
export function search(
  { form, fallbacks }: Pattern,
  { codes, length }: Characters,
  found: (first: number, last: number) => void,
): void {
  let matched = 0;
  for (let at = 0; at < length; at += 1) {
    // Beyond 16 bits there is only a mark.
    matched = advance(form, fallbacks, matched, (codes[at] ?? 0) & 0xffff);
    if (matched === form.length) found(at - matched + 1, at);
  }
}
