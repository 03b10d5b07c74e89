/** A text in which keys are searched for, ASCII letters in lower case. */
export interface SearchedText {
  readonly text: string;
  /** Where each character begins in the original, and where the last one ends; undefined where it stands. */
  readonly starts?: Uint32Array;
}

/** The entities that encoders use for ASCII: https://html.spec.whatwg.org/multipage/named-characters.html */
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  plus: "+",
  equals: "=",
};

/** What percent-encoding, JSON and HTML make of a character, with what only says how often: `25`, backslashes and `amp;`. */
const escapes = new RegExp(
  String.raw`%(?:25)*([\da-f]{2})|\\+(?:u([\da-f]{4})|[^\\%&]?)|&(?:amp;)*(?:#(x[\da-f]+|\d+)|(${Object.keys(entities).join("|")}));`,
  "g",
);

/** So many layers of different encodings are undone, which keeps the work linear. */
const maxPasses = 16;

/** The text with ASCII letters in lower case, and no other, so that its length stays. */
export function toLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Undoes percent-encoding, JSON escapes and HTML entities, in each other and as often as they were applied. Backslashes are left
 * out where nothing else is to be undone, because how many there are says only how often a text was escaped.
 */
export function decodeText(original: string): SearchedText {
  let searched: SearchedText = { text: toLowerCase(original) };
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const { length } = searched.text;
    const decoded = decodeOnce(searched, (escape) => escape);
    // Each replacement makes the text shorter.
    const isDone = decoded.text.length === length;
    searched = isDone ? decodeOnce(searched, (escape) => escape.replaceAll("\\", "")) : decoded;
    if (searched.text.length === length) break;
  }
  return searched;
}

function decodeOnce(
  { text, starts }: SearchedText,
  decodeBackslashes: (escape: string) => string,
): SearchedText {
  const decodedStarts = new Uint32Array(text.length + 1);
  let length = 0;
  let at = 0;
  const keepUntil = (end: number): void => {
    for (; at < end; at += 1) {
      decodedStarts[length] = starts?.[at] ?? at;
      length += 1;
    }
  };
  const decoded = text.replace(
    escapes,
    (escape, hex, unicode, number, name: string, begin: number) => {
      const code = Number(`0${number ?? `x${hex ?? unicode}`}`);
      const characters =
        entities[name] ??
        (code >= 0 ? toLowerCase(String.fromCharCode(code)) : decodeBackslashes(escape));
      // Where its first character begins, so that all of an escape goes with it.
      keepUntil(begin + characters.length);
      at = begin + escape.length;
      return characters;
    },
  );
  keepUntil(text.length + 1);
  return { text: decoded, starts: decodedStarts };
}
