import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";

/** Longer examples say more about the example than about the field. */
const maxExampleLength = 160;

/**
 * The documentation of a schema, parameter, header, operation or path: title or summary, description, format, what is assumed
 * of it (such as why it can be null), default, examples, deprecation. Empty if it has none of them.
 *
 * @param more - What comes after the description.
 */
export function docLines(node: JsonObject, more?: string): readonly string[] {
  const { title, summary, description, format, default: defaultValue, deprecated } = node;
  const { "x-assumption": assumption } = node;
  const paragraphs = [title, summary, description, more].filter(isText).map((text) => text.trim());
  const unique = [...new Set(paragraphs)].map(escapeTags);
  if (isText(format)) unique.push(`Format: ${format}`);
  if (isText(assumption)) unique.push(escapeTags(`Assumed: ${assumption.trim()}`));
  const lines = unique.flatMap((text, index) => [...(index > 0 ? [""] : []), ...text.split("\n")]);
  const tags = [
    ...(defaultValue === undefined ? [] : tag("default", defaultValue)),
    ...examplesOf(node).flatMap((example) => tag("example", example)),
    ...(deprecated === true ? ["@deprecated"] : []),
  ];
  return tags.length > 0 && lines.length > 0 ? [...lines, "", ...tags] : [...lines, ...tags];
}

/** A TSDoc comment with its delimiters, the lines after the first indented; empty if there are no lines. */
export function formatTsDoc(lines: readonly string[], indent = ""): string {
  if (lines.length === 0) return "";
  const [first = "", ...others] = lines.map(escapeEnd);
  if (others.length === 0) return `${indent}/** ${first} */\n`;
  const body = [first, ...others].map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`);
  return `${indent}/**\n${body.join("")}${indent} */\n`;
}

/** What a comment contains may not end it. */
function escapeEnd(line: string): string {
  return line.trimEnd().replaceAll("*/", "*\\/");
}

/** An `@` at the start of a line would be a tag. */
function escapeTags(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/^(\s*)@/gm, String.raw`$1\@`);
}

function tag(name: string, value: unknown): readonly string[] {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxExampleLength || /[\r\n]/.test(text) ? [] : [`@${name} ${text}`.trim()];
}

function examplesOf({ example, examples }: JsonObject): readonly unknown[] {
  if (Array.isArray(examples)) return examples;
  if (example !== undefined) return [example];
  // The named examples of parameters and media types are wrapped.
  return isJsonObject(examples)
    ? Object.values(examples).flatMap((named) =>
        isJsonObject(named) && "value" in named ? [named["value"]] : [],
      )
    : [];
}

/** A text of the document, trimmed; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return isText(value) ? value.trim() : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
