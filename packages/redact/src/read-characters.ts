/** The characters of a text, with their places in it. ASCII letters are in lower case. */
export interface Characters {
  readonly codes: Int32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly length: number;
}

/** What a letter after a backslash stands for in JSON, by code: read as the letter, it needs no decoding. */
const jsonLetters = "        btn fr";

/** The entities of ASCII punctuation: https://html.spec.whatwg.org/multipage/named-characters.html */
const entityNames =
  "excl quot num dollar percnt amp apos lpar rpar ast plus comma period sol colon semi lt equals gt quest commat lsqb bsol rsqb hat lowbar grave lcub verbar rcub".split(
    " ",
  );
const entityCharacters = "!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}";
const maxEntityLength = 32;

const backslash = 92;
/** A `u` after a backslash: the beginning of an escape. Only its lower 16 bits are the character. */
const escapedU = 0x10075;

/**
 * Reads the characters of a text in one pass. With `decodes`, percent-encoding, JSON escapes and HTML
 * entities are undone, in each other and as often as they were applied: a character that completes an
 * escape takes its place, and may complete another. Each replacement makes the list shorter, so the
 * work is linear. Backslashes are left out, because how many there are says only how often a text was escaped.
 */
export function readCharacters(text: string, decodes: boolean): Characters {
  const codes = new Int32Array(text.length);
  const starts = new Uint32Array(text.length);
  const ends = new Uint32Array(text.length);
  let length = 0;
  let backslashAt = -1;
  for (let at = 0; at < text.length; at += 1) {
    let code = fold(text.charCodeAt(at));
    let start = at;
    for (;;) {
      if (decodes && code === backslash) {
        if (backslashAt < 0) backslashAt = start;
        break;
      }
      if (backslashAt >= 0) {
        start = backslashAt;
        if (code === 117) code = escapedU;
      }
      backslashAt = -1;
      codes[length] = code;
      starts[length] = start;
      ends[length] = at + 1;
      length += 1;
      const width = decodes ? escapeWidth(codes, length) : 0;
      if (width === 0) break;
      const value = escapeValue(codes, length - width, length);
      if (!(value >= 0)) break;
      length -= width;
      code = fold(value);
      start = starts[length] ?? 0;
    }
  }
  return { codes, starts, ends, length };
}

function fold(code: number): number {
  if (code < 14) return jsonLetters.charCodeAt(code);
  // A form writes a space as a plus sign.
  if (code === 32) return 43;
  return code > 64 && code < 91 ? code + 32 : code;
}

/** How long the escape is that may end with the last character; 0 where none does. */
function escapeWidth(codes: Int32Array, length: number): number {
  if (codes[length - 3] === 37) return 3;
  if (codes[length - 5] === escapedU) return 5;
  if (codes[length - 1] !== 59) return 0;
  const tail = codes.subarray(Math.max(0, length - maxEntityLength), length);
  const begin = tail.lastIndexOf(38);
  return begin < 0 ? 0 : tail.length - begin;
}

/** The code of the character that an escape stands for; NaN where it is not an escape. */
function escapeValue(codes: Int32Array, begin: number, end: number): number {
  const text = String.fromCharCode(...codes.subarray(begin + 1, end));
  if (codes[begin] !== 38) return Number(`0x${text}`);
  const name = text.slice(0, -1);
  if (name.startsWith("#")) return Number(name.slice(1).replace("x", "0x"));
  return entityCharacters.charCodeAt(entityNames.indexOf(name));
}
