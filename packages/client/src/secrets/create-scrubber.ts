const replacement = "[redacted]";

/** Shorter keys than this are looked for as they are only: their encoded forms are everywhere. */
const minEncodedKeyLength = 8;

/** The text with every known key replaced. */
export type Scrub = (text: string) => string;

/** Takes every known key, however it is encoded, out of what leaves the client. */
export interface Scrubber {
  /** Makes a key known. */
  readonly add: (key: string) => void;
  readonly scrub: Scrub;
}

/** Creates a scrubber that knows no key yet. */
export function createScrubber(): Scrubber {
  const keys = new Set<string>();
  let pattern: RegExp | undefined;
  return {
    add(key) {
      if (keys.has(key)) return;
      keys.add(key);
      pattern = undefined;
    },
    scrub(text) {
      // Built when the first text has to leave, which for most clients is never.
      pattern ??= new RegExp([...keys].flatMap(formsOf).join("|") || "(?!)", "gi");
      return text.replace(pattern, replacement);
    },
  };
}

function formsOf(key: string): string[] {
  // Several backslashes are one: escaped, they may be any number. Those at the ends may run into others.
  const core = key.replace(/^\\+|\\+$/g, "").replace(/\\+/g, "\\") || "\\";
  const forms = [Array.from(core, characterForms).join("")];
  if (key.length < minEncodedKeyLength) return forms;
  const bytes = Array.from(key, (character) => character.charCodeAt(0));
  forms.push(bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  return [...forms, ...[0, 1, 2].map((offset) => base64Form(key, offset))];
}

/**
 * A run of backslashes from its first one on: begun at each of them, a long run would take the square
 * of its length.
 */
const backslashes = String.raw`(?<!\\)\\+`;

const entityNames: Readonly<Record<string, string>> = {
  "&": "amp",
  '"': "quot",
  "'": "apos",
  "<": "lt",
  ">": "gt",
};

/**
 * One character as it is, percent-encoded, escaped as JSON does, or as an HTML entity; percent and
 * JSON also over and over, as in JSON within JSON.
 */
function characterForms(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  const entity = `&(?:amp;)*(?:#0*${code}|#x0*${hex}|${entityNames[character] ?? "(?!)"});`;
  const encoded = `%(?:25)*${hex}|${entity}`;
  return character === "\\"
    ? `(?:${backslashes}(?:u00${hex})?|${encoded})+`
    : `(?:(?:${backslashes})?(?:${escapeForPattern(character)}|u00${hex})|${encoded})`;
}

function escapeForPattern(character: string): string {
  return character.replace(/\W/, String.raw`\$&`);
}

/** What the key looks like in base64 or base64url, wherever in the encoded bytes it begins. */
function base64Form(key: string, offset: number): string {
  const encoded = btoa("\0".repeat(offset) + key);
  // The characters at both ends also carry bits of what stands beside the key.
  const stable = encoded.slice(
    Math.ceil((offset * 8) / 6),
    Math.floor(((offset + key.length) * 8) / 6),
  );
  return stable.replace(/[+/]/g, (character) => (character === "+" ? "[+-]" : "[/_]"));
}
