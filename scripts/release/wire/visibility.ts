import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import { followPointer, resolveValue } from "./follow-pointer.ts";

/**
 * Whether a schema, or one around it, is never in a response: `writeOnly` (JSON Schema 2020-12 validation, section 9.4).
 * `readOnly` does not hide a value from requests: it should not be sent, but clients that send back what they read do, and
 * the server may validate it.
 */
export function isHidden(
  document: OpenApiDocument,
  pointer: string,
  direction: Direction,
): boolean {
  if (direction === "request") return false;
  const segments = pointerTokens(pointer).filter((segment) => segment !== "$ref");
  return segments.some((segment, index) => {
    if (segments[index - 1] !== "properties") return false;
    return hasFlag(document, segments.slice(0, index + 1), "writeOnly");
  });
}

/**
 * Whether `required` does not bind the property `name` of the schema at `pointer`: a required `readOnly` property
 * binds answers only, a required `writeOnly` one requests only (OpenAPI 3.0.4, section 4.7.24.2).
 */
export function isExempt(
  document: OpenApiDocument,
  pointer: string,
  name: string,
  direction: Direction,
): boolean {
  const flag = direction === "request" ? "readOnly" : "writeOnly";
  return hasFlag(document, [...pointerTokens(pointer), "properties", name], flag);
}

function hasFlag(
  document: OpenApiDocument,
  segments: readonly string[],
  flag: "readOnly" | "writeOnly",
): boolean {
  const holder = followPointer(document, segments);
  const schema = resolveValue(document, holder);
  return (
    (isJsonObject(holder) && holder[flag] === true) ||
    (isJsonObject(schema) && schema[flag] === true)
  );
}
