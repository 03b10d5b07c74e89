/** A text in which keys are searched for, ASCII letters in lower case. */
export interface SearchedText {
  readonly text: string;
  /** Where each character begins in the original, and where the last one ends; undefined where it stands. */
  readonly starts?: Uint32Array;
}

/** The entities that encoders use for ASCII: https://html.spec.whatwg.org/multipage/named-characters.html */
const entityNames = "amp lt gt quot apos sol plus equals".split(" ");
const entityCharacters = "&<>\"'/+=";
const maxEntityLength = 32;

/** Marks a code after a backslash; only the lower 16 bits are the character. */
const afterBackslash = 0x10000;
/** A `u` after a backslash, where an escape begins. */
const escapedU = 0x10075;
const chunkLength = 8192;

/** The text with ASCII letters in lower case, and no other, so that its length stays. */
export function toLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Undoes percent-encoding, JSON escapes and HTML entities in one pass, in each other and as often as
 * they were applied: a character that completes an escape takes its place, and may complete another.
 * Each replacement makes the text shorter, so the work is linear. Backslashes are left out, because
 * how many there are says only how often a text was escaped.
 */
export function decodeText(original: string): SearchedText {
  const codes = new Int32Array(original.length);
  const starts = new Uint32Array(original.length + 1);
  let length = 0;
  /** Where the backslashes before the next character begin. */
  let backslashAt = -1;
  for (let at = 0; at < original.length; at += 1) {
    let start = at;
    let code = original.charCodeAt(at);
    // It is NaN where no escape was completed.
    while (code >= 0) {
      if (backslashAt >= 0) start = backslashAt;
      if (code === 92) {
        backslashAt = start;
        break;
      }
      if (code > 64 && code < 91) code += 32;
      // `%` and `&` may stand for a `u`.
      const mayEscape = code === 117 || code === 37 || code === 38;
      codes[length] = backslashAt >= 0 && mayEscape ? code + afterBackslash : code;
      backslashAt = -1;
      starts[length] = start;
      length += 1;
      const begin = escapeBegin(codes, length);
      code = escapeValue(codes, begin, length);
      if (code >= 0) {
        length = begin;
        start = starts[begin] ?? 0;
        const first = codes[begin] ?? 0;
        if (first >= afterBackslash && first !== escapedU) backslashAt = start;
      }
    }
  }
  starts[length] = backslashAt < 0 ? original.length : backslashAt;
  let text = "";
  for (let at = 0; at < length; at += chunkLength) {
    text += textOf(codes, at, Math.min(length, at + chunkLength));
  }
  return { text, starts };
}

/** Where the escape begins that the last character may complete; `length` where it completes none. */
function escapeBegin(codes: Int32Array, length: number): number {
  if (characterAt(codes, length - 3) === 37) return length - 3;
  if (codes[length - 5] === escapedU) return length - 5;
  if (codes[length - 1] !== 59) return length;
  const tailAt = Math.max(0, length - maxEntityLength);
  for (let at = length - 2; at >= tailAt; at -= 1) if (characterAt(codes, at) === 38) return at;
  return length;
}

/** The code of the character that an escape stands for; NaN where it is not an escape. */
function escapeValue(codes: Int32Array, begin: number, end: number): number {
  if (begin === end) return NaN;
  if (characterAt(codes, begin) !== 38) return hexValue(codes, begin + 1, end);
  const name = textOf(codes, begin + 1, end - 1);
  return name.startsWith("#")
    ? Number(name.slice(1).replace("x", "0x"))
    : entityCharacters.charCodeAt(entityNames.indexOf(name));
}

function characterAt(codes: Int32Array, at: number): number {
  return (codes[at] ?? 0) % afterBackslash;
}

/** By the codes themselves: a string for each of many thousands of escapes takes ten times as long. */
function hexValue(codes: Int32Array, begin: number, end: number): number {
  let value = 0;
  for (let at = begin; at < end; at += 1) {
    const code = codes[at] ?? 0;
    if (code > 47 && code < 58) value = value * 16 + code - 48;
    else if (code > 96 && code < 103) value = value * 16 + code - 87;
    else return NaN;
  }
  return value;
}

/** Spreading the codes would take fifteen times as long. */
function textOf(codes: Int32Array, begin: number, end: number): string {
  return Reflect.apply(String.fromCharCode, undefined, codes.subarray(begin, end));
}
