/** The characters of a text, ASCII letters in lower case. */
export interface Characters {
  /** Their codes; only the lower 16 bits count. */
  readonly codes: Int32Array;
  /** Where each begins in the text, and at `length` where the last one ends. */
  readonly starts: Uint32Array;
  readonly length: number;
}

/** The entities that encoders use for ASCII: https://html.spec.whatwg.org/multipage/named-characters.html */
const entityNames = "amp; lt; gt; quot; apos; sol; plus; equals;".split(" ");
const entityCharacters = "&<>\"'/+=";
const maxEntityLength = 32;

/** A `u` after a backslash, where an escape begins. */
const escapedU = 0x10075;

/**
 * Reads the characters of a text in one pass. With `decodes`, percent-encoding, JSON escapes and HTML
 * entities are undone, in each other and as often as they were applied: a character that completes an
 * escape takes its place, and may complete another. Each replacement makes the list shorter, so the
 * work is linear. Backslashes are left out, because how many there are says only how often a text was escaped.
 */
export function readCharacters(text: string, decodes: boolean): Characters {
  const codes = new Int32Array(text.length);
  const starts = new Uint32Array(text.length + 1);
  let length = 0;
  /** Where the backslashes before the next character begin. */
  let backslashAt = -1;
  for (let at = 0; at < text.length; at += 1) {
    let start = at;
    let code = text.charCodeAt(at);
    // It is NaN where no escape was completed.
    while (code >= 0) {
      if (backslashAt >= 0) start = backslashAt;
      if (decodes && code === 92) {
        backslashAt = start;
        break;
      }
      if (code > 64 && code < 91) code += 32;
      codes[length] = backslashAt >= 0 && code === 117 ? escapedU : code;
      backslashAt = -1;
      starts[length] = start;
      length += 1;
      if (!decodes) break;
      const begin = escapeBegin(codes, length);
      code = begin < 0 ? NaN : escapeValue(codes, begin, length);
      if (code >= 0) {
        length = begin;
        start = starts[begin] ?? 0;
      }
    }
  }
  starts[length] = backslashAt < 0 ? text.length : backslashAt;
  return { codes, starts, length };
}

/** Where the escape begins that the last character may complete; negative where it completes none. */
function escapeBegin(codes: Int32Array, length: number): number {
  if (codes[length - 3] === 37) return length - 3;
  if (codes[length - 5] === escapedU) return length - 5;
  if (codes[length - 1] !== 59) return -1;
  let begin = length - 1;
  while (begin > length - maxEntityLength && codes[begin] !== 38) begin -= 1;
  return begin;
}

/** The code of the character that an escape stands for; NaN where it is not an escape. */
function escapeValue(codes: Int32Array, begin: number, end: number): number {
  const text = String.fromCharCode(...codes.subarray(begin + 1, end));
  if (codes[begin] !== 38) return Number(`0x${text}`);
  return text.startsWith("#")
    ? Number(text.slice(1, -1).replace("x", "0x"))
    : entityCharacters.charCodeAt(entityNames.indexOf(text));
}
