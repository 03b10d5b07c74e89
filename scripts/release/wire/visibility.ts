import type { Direction } from "./direction.ts";
import { isObject } from "./json.ts";
import { pointerSegments, resolveReference, valueAt } from "./pointer.ts";

/**
 * Whether a schema, or one around it, is never answered: `writeOnly` (JSON Schema 2020-12 validation, section 9.4).
 * `readOnly` does not hide a value from requests: it should not be sent, but who sends back what was read does, and
 * the server may validate it.
 */
export function isHidden(document: unknown, pointer: string, direction: Direction): boolean {
  if (direction === "request") return false;
  const segments = pointerSegments(pointer).filter((segment) => segment !== "$ref");
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
  document: unknown,
  pointer: string,
  name: string,
  direction: Direction,
): boolean {
  const flag = direction === "request" ? "readOnly" : "writeOnly";
  return hasFlag(document, [...pointerSegments(pointer), "properties", name], flag);
}

function hasFlag(
  document: unknown,
  segments: readonly string[],
  flag: "readOnly" | "writeOnly",
): boolean {
  const holder = valueAt(document, segments);
  const schema = resolveReference(document, holder);
  return (isObject(holder) && holder[flag] === true) || (isObject(schema) && schema[flag] === true);
}
