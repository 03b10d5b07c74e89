import { isJsonObject } from "@qontext/sync-log-document";
import { propertyKey } from "../names.ts";

const maxLineLength = 110;

/** A JSON value as a TypeScript literal: on one line where that is short, else a member a line. */
export function formatLiteral(value: unknown, indent = ""): string {
  if (!Array.isArray(value) && !isJsonObject(value)) return formatScalar(value);
  const flat = formatFlat(value);
  if (indent.length + flat.length <= maxLineLength) return flat;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item: unknown) => `${inner}${formatLiteral(item, inner)},\n`)
    : Object.entries(value).map(
        ([key, member]) => `${inner}${propertyKey(key)}: ${formatLiteral(member, inner)},\n`,
      );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function formatFlat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatFlat).join(", ")}]`;
  if (!isJsonObject(value)) return formatScalar(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${propertyKey(key)}: ${formatFlat(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function formatScalar(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}
