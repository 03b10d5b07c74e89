const byteOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, "0");

const everyCharacter = (key: string, encode: (character: string) => string): string =>
  Array.from(key, encode).join("");

const entityNames: Readonly<Record<string, string>> = {
  "&": "amp",
  '"': "quot",
  "'": "apos",
  "<": "lt",
  ">": "gt",
  "/": "sol",
  "+": "plus",
};

const htmlOf = (key: string): string =>
  key.replace(/[&"'<>/+]/g, (character) => `&${entityNames[character] ?? ""};`);

const percentOf = (key: string): string => everyCharacter(key, (one) => `%${byteOf(one)}`);

const jsonOf = (key: string, depth: number): string =>
  depth === 0 ? key : JSON.stringify(jsonOf(key, depth - 1));

/** How a key may be written: what a text is in each of these forms must not show it. */
export const forms: readonly (readonly [name: string, encode: (key: string) => string])[] = [
  ["as it is", (key) => key],
  ["in upper case", (key) => key.toUpperCase()],
  ["in lower case", (key) => key.toLowerCase()],
  ["percent-encoded", (key) => encodeURIComponent(key)],
  ["percent-encoded in lower case", (key) => encodeURIComponent(key).toLowerCase()],
  [
    "percent-encoded in mixed case",
    (key) =>
      everyCharacter(
        key,
        (one) => `%${byteOf(one).replace(/[a-f]/, (digit) => digit.toUpperCase())}`,
      ),
  ],
  ["with every character percent-encoded", percentOf],
  ["percent-encoded three times", (key) => percentOf(key).replaceAll("%", "%2525")],
  ["as a form", (key) => new URLSearchParams({ key }).toString().slice("key=".length)],
  ["as JSON", (key) => jsonOf(key, 1)],
  ["as JSON in JSON", (key) => jsonOf(key, 2)],
  ["as JSON in JSON, seven times", (key) => jsonOf(key, 7)],
  ["as JSON with escaped slashes", (key) => jsonOf(key, 1).replaceAll("/", String.raw`\/`)],
  ["as JSON escapes", (key) => everyCharacter(key, (one) => String.raw`\u00${byteOf(one)}`)],
  [
    "as JSON escapes in JSON",
    (key) =>
      jsonOf(
        everyCharacter(key, (one) => String.raw`\u00${byteOf(one).toUpperCase()}`),
        2,
      ),
  ],
  [
    "as JSON escapes with every character percent-encoded",
    (key) => percentOf(everyCharacter(key, (one) => String.raw`\u00${byteOf(one)}`)),
  ],
  [
    "as JSON escapes with every character as an HTML entity, in a URL",
    (key) =>
      encodeURIComponent(
        everyCharacter(
          everyCharacter(key, (one) => String.raw`\u00${byteOf(one)}`),
          (one) => `&#${one.charCodeAt(0)};`,
        ),
      ),
  ],
  ["as named HTML entities", htmlOf],
  ["as decimal HTML entities", (key) => everyCharacter(key, (one) => `&#0${one.charCodeAt(0)};`)],
  ["as hexadecimal HTML entities", (key) => everyCharacter(key, (one) => `&#X0${byteOf(one)};`)],
  ["as nested HTML entities", (key) => htmlOf(key).replaceAll("&", "&amp;amp;")],
  ["as JSON in HTML", (key) => htmlOf(jsonOf(key, 1))],
  ["as JSON in a URL", (key) => encodeURIComponent(jsonOf(key, 1))],
  [
    "as HTML in JSON escapes in a URL",
    (key) => encodeURIComponent(jsonOf(htmlOf(key), 2).replaceAll("&", String.raw`\u0026`)),
  ],
  ["as base64", (key) => Buffer.from(key).toString("base64")],
  ["as base64url", (key) => Buffer.from(key).toString("base64url")],
  ["as base64 after one byte", (key) => Buffer.from(`:${key}`).toString("base64")],
  ["as base64 after two bytes", (key) => Buffer.from(`a:${key}:b`).toString("base64")],
  ["as basic authorization", (key) => `Basic ${Buffer.from(`user:${key}`).toString("base64")}`],
  ["as base64url of JSON", (key) => Buffer.from(jsonOf({ key }.key, 0)).toString("base64url")],
  ["as percent-encoded base64", (key) => encodeURIComponent(Buffer.from(key).toString("base64"))],
  [
    "as base64 in JSON with escaped slashes",
    (key) =>
      Buffer.from(key)
        .toString("base64")
        .replaceAll("/", String.raw`\/`),
  ],
  ["as hex", (key) => Buffer.from(key).toString("hex")],
  ["as hex in upper case", (key) => Buffer.from(key).toString("hex").toUpperCase()],
];

/** What a text has of a key: the forms, and what is left of them where they were cut. */
export function leaksIn(text: string, key: string): readonly string[] {
  const shown = forms.map(([, encode]) => encode(key));
  const base64 = Buffer.from(key).toString("base64");
  const parts = [key.slice(0, -2), key.slice(2), base64.slice(0, 20), base64.slice(4, -4)];
  return [...shown, ...parts].filter((form) => text.includes(form));
}
