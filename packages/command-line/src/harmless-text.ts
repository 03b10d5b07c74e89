import { stripVTControlCharacters } from "node:util";

/** Control characters and what breaks a line: what a terminal acts on. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What reverses, joins or hides what stands around it, and is not seen itself. */
const invisible = /\p{Cf}+/gu;
/** `JSON.stringify` escapes the rest of the control characters itself. */
const unescaped = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text on one line, without anything that a terminal would act on: escape sequences, control characters,
 * characters that change the direction of a text or are not seen, and breaks of lines.
 */
export function harmlessText(text: string): string {
  return stripVTControlCharacters(text).replace(controls, " ").replace(invisible, "");
}

/**
 * A value of JSON as text, in which what {@link harmlessText} removes is escaped: it reads back as the same value.
 *
 * @param indent - Spaces for each level; all in one line without it.
 */
export function harmlessJson(value: unknown, indent?: number): string {
  return (JSON.stringify(value, null, indent) ?? "null").replace(unescaped, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
