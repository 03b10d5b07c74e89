import { describe, expect, it } from "vitest";
import { redactorOf } from "./redactor-of.ts";
import { forms, leaksIn } from "./forms.ts";

// With characters that each encoding changes, with what looks encoded already, and with much of everything.
const keys = [
  'q_sk_A/b+c=d&e"f%g\\h<i>',
  'q_sk_very+secret/"key"=',
  "4f8a1c7d-9e2b-4c6d-8f0a-1b2c3d4e5f60",
  "q%41%zz&lt;&amp;q;\\\\n\\/uuid",
  "\\\\q_sk\\\\4f8a1c\\7d\\\\",
  "aaaaaaaaaaaaaaaa",
  Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join(""),
  manyCharacters(8000),
];

/** Any characters that a header can carry, the same in each run. */
function manyCharacters(length: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return String.fromCharCode(0x21 + (state % 94));
  }).join("");
}

const surroundings: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["No: ", "!"],
  ['{"a":"', '"}'],
  [String.raw`{\"a\":\"`, String.raw`\"}`],
  ["https://example.test/%7B?a=b&key=", "&c=d"],
  ["<p>&lt;", "&gt;</p>"],
];

describe.each(forms)("a key %s", (_, encode) => {
  it.each(keys.map((key) => [key.slice(0, 40), key]))("is taken out: %s", (_name, key) => {
    const redactor = redactorOf(key);
    for (const [before, after] of surroundings) {
      const text = redactor.text(`${before}${encode(key)}${after}`);
      expect(text).toContain("[redacted]");
      expect(text.startsWith(before.slice(0, -2))).toBe(true);
      expect(text.endsWith(after.slice(2))).toBe(true);
      expect(leaksIn(text, key)).toEqual([]);
    }
  });
});

it("a key is taken out of five layers of HTML, JSON and percent-encoding in each other", () => {
  for (const key of keys) {
    let text = key;
    for (let layer = 0; layer < 5; layer += 1) {
      const html = text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
      text = encodeURIComponent(JSON.stringify(html).slice(1, -1));
    }
    // What is left of it are backslashes at its end.
    expect(redactorOf(key).text(`a ${text} b`)).toMatch(/^a \[redacted\](?:%(?:25)*5C)* b$/);
  }
});

it.each(["%", "100%4", "\\", "\\u00", "\\\\\\", "&", "&#", "&amp", "%25"])(
  "a key is taken out after %s, which may belong to its first characters",
  (before) => {
    for (const key of ["41deadbeef42", "u0041abcdefg", "amp;abcdefghi", "#65;abcdefghi"]) {
      const text = redactorOf(key).text(`${before}${key}1;${key}`);
      // Backslashes before a character may belong to its escape.
      const joined = `${before}[redacted]1;[redacted]`;
      expect([joined, joined.replace(/^\\+(?=\[)/, "")]).toContain(text);
    }
  },
);

it.each([
  ["beyond ASCII", "schlüssel-ключ-🔑"],
  ["with spaces and line breaks", "a key\nwith\tall\r\nof it\0"],
  ["with half a surrogate pair", "key-\ud83d-half"],
])("a key %s is taken out", (_, key) => {
  const { text } = redactorOf(key);
  const bytes = Buffer.from(key);
  const units = Array.from({ length: key.length }, (_unit, index) => key.charCodeAt(index));
  const encodings = [
    key,
    units.map((unit) => String.raw`\u${unit.toString(16).padStart(4, "0")}`).join(""),
    units.map((unit) => `&#${unit};`).join(""),
    bytes.toString("base64"),
    bytes.toString("hex"),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  ];
  for (const encoded of encodings)
    expect(text(`x ${encoded} y`)).toMatch(/^x \[redacted\]\w?=* y$/);
});
