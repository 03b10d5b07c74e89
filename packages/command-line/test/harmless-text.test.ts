import { expect, test } from "vitest";
import { harmlessJson, harmlessText } from "../src/index.ts";

/** Everything that is not to be seen in what is printed, each with a name. */
const dangers: Readonly<Record<string, string>> = {
  "a window's title": "\u001b]0;owned\u0007",
  "the clipboard": "\u001b]52;c;b3duZWQ=\u001b\\",
  "an erased screen": "\u001b[2J\u001b[H",
  "the same in C1": "\u009b2J",
  "a hidden text": "\u001b[8m",
  "a sequence without an end": "\u001b]0;",
  "a line begun anew": "\rcompleted",
  "lines below": "\ncompleted\u0085completed",
  "a bell and a backspace": "\u0007\b",
  deletion: "\u007f",
  "text that runs backward": "\u202edelpmoc\u202c",
  isolates: "\u2066a\u2069",
  marks: "\u200e\u200f\u061c",
  "characters without a width": "\u200b\u200d\ufeff\u2060\u00ad",
  "tags, which only a machine reads": "\u{e0041}\u{e0042}",
  "separators of lines and paragraphs": "\u2028\u2029",
};

const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test.each(Object.entries(dangers))("takes %s out of a text, and leaves the rest", (_, danger) => {
  const text = harmlessText(`before ${danger} äß漢字😀 after`);
  expect(text).not.toMatch(dangerous);
  expect(text).toMatch(/^before /u);
  expect(text).not.toMatch(/\[2J|0;owned|52;c/u);
});

test.each(Object.entries(dangers))("escapes %s in JSON, which reads back the same", (_, danger) => {
  const value = { [danger]: [danger, { at: 1 }] };
  const line = harmlessJson(value);
  expect(line).not.toMatch(dangerous);
  expect(JSON.parse(line)).toEqual(value);
  const lines = harmlessJson(value, 2);
  expect(lines.replaceAll("\n", "")).not.toMatch(dangerous);
  expect(JSON.parse(lines)).toEqual(value);
});

test("a key that invisible characters take apart is whole again, for the redactor to find", () => {
  expect(harmlessText("q_\u200bsk_\u001b[0mexam\u00adple")).toBe("q_sk_example");
});
