import { decodeText, toLowerCase } from "./decode-text.ts";

/**
 * The length from which a key is searched for anywhere in a text. A shorter one is part of ordinary
 * words, so only a value that is nothing else is taken for it.
 */
export const minKeyLength = 8;

/** The key, and the forms of it that decoding a text does not undo, in lower case. */
export function formsOfKey(key: string): readonly string[] {
  let text = "";
  let hex = "";
  for (const byte of new TextEncoder().encode(key)) {
    text += String.fromCharCode(byte);
    hex += byte.toString(16).padStart(2, "0");
  }
  const base64 = [0, 1, 2].map((offset) => base64Core(text, offset));
  const base64url = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  const decoded = [key, text].map((form) => decodeText(form).text);
  const forms = [key, text, hex, ...base64, ...base64url].map(toLowerCase);
  // The encodings of a key are as long as itself, even where it looks encoded and is short when it is decoded.
  const leastLength = key.length < minKeyLength ? minKeyLength : 1;
  const searched = forms.filter((form) => form.length >= minKeyLength);
  return [...new Set([...searched, ...decoded.filter((form) => form.length >= leastLength)])];
}

/** What the key looks like in base64, where it begins at an offset in a group of three bytes. */
function base64Core(bytes: string, offset: number): string {
  // Each character has six bits. Those at both ends also carry bits of the bytes beside the key.
  return btoa("\0".repeat(offset) + bytes).slice(
    Math.ceil((offset * 8) / 6),
    Math.floor(((offset + bytes.length) * 8) / 6),
  );
}
