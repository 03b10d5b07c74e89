import { isJsonObject } from "@qontext/sync-log-document";

/** Text that may stand in Markdown as it is: no element, no interpolation of Vue, nothing that ends a cell of a table. */
export function plain(text = ""): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/gu, " ")
    .replaceAll("<", "&lt;")
    .replaceAll("{{", "&#123;&#123;")
    .replaceAll("|", "\\|");
}

/** Text as code in Markdown. */
export function code(text: unknown): string {
  return `\`${String(text).replaceAll("|", "\\|")}\``;
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A table of Markdown; its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A fenced block of code. */
export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The text that an object has under a key; empty if it has none. */
export function textAt(value: unknown, key: string): string {
  const text = isJsonObject(value) ? value[key] : undefined;
  return typeof text === "string" ? text : "";
}
