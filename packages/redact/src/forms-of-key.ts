import { readCharacters } from "./read-characters.ts";

/**
 * The length from which a key is searched for anywhere in a text. A shorter one is part of ordinary
 * words, so only a value that is nothing else is taken for it.
 */
export const minKeyLength = 8;

/** The key, and the forms of it that decoding a text does not undo, in lower case. */
export function formsOfKey(key: string): readonly string[] {
  const bytes = new TextEncoder().encode(key);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const forms = [Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")];
  for (const form of [key, text]) forms.push(charactersOf(form, true), charactersOf(form, false));
  for (const offset of [0, 1, 2]) {
    const base64 = base64Core(text, offset).toLowerCase();
    forms.push(base64, base64.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return [...new Set(forms)].filter((form) => form.length >= minKeyLength);
}

function charactersOf(form: string, decodes: boolean): string {
  const { codes, length } = readCharacters(form, decodes);
  return Array.from(codes.subarray(0, length), (code) => String.fromCharCode(code)).join("");
}

/** What the key looks like in base64, where it begins at an offset in a group of three bytes. */
function base64Core(bytes: string, offset: number): string {
  // Each character has six bits. Those at both ends also carry bits of the bytes beside the key.
  return btoa("\0".repeat(offset) + bytes).slice(
    Math.ceil((offset * 8) / 6),
    Math.floor(((offset + bytes.length) * 8) / 6),
  );
}
