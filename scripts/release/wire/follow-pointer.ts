import type { OpenApiDocument } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject, valueAt } from "@qontext/sync-log-document";

/** The value that a reference leads to; any other value itself. */
export function resolveValue(document: OpenApiDocument, value: unknown): unknown {
  if (!isJsonObject(value) || typeof value["$ref"] !== "string") return value;
  return document.resolve({ pointer: "#", value }).target.value;
}

/** The value at a pointer of Redocly's, which goes on through references; undefined if it leads to nothing. */
export function followPointer(document: OpenApiDocument, tokens: readonly string[]): unknown {
  let value: unknown = document.value;
  for (const token of tokens) {
    const target = resolveValue(document, value);
    const member = token === "$ref" ? target : valueAt(value, appendPointer("", token));
    value = member ?? valueAt(target, appendPointer("", token));
  }
  return value;
}
