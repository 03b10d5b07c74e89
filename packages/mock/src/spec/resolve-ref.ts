import { isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { SpecError } from "../errors.ts";

/**
 * Follows the `$ref` of an object of a document to what it names; what stands beside a `$ref` wins over what it names.
 *
 * @throws {@link SpecError} when a reference leads to nothing or in a circle.
 */
export function resolveRef(document: JsonObject, node: JsonValue | undefined): JsonObject {
  if (!isJsonObject(node)) return {};
  let current = node;
  const seen = new Set<string>();
  while (typeof current["$ref"] === "string") {
    const { $ref: reference, ...beside } = current;
    const target = findByPointer(document, reference);
    if (!isJsonObject(target) || seen.has(reference)) {
      throw new SpecError(`The $ref "${reference}" leads to nothing in the document.`);
    }
    seen.add(reference);
    current = { ...target, ...beside };
  }
  return current;
}

function findByPointer(document: JsonObject, reference: string): JsonValue | undefined {
  if (!reference.startsWith("#/")) return undefined;
  let value: JsonValue | undefined = document;
  for (const part of reference.slice(2).split("/")) {
    const segment = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isJsonObject(value) && Object.hasOwn(value, segment)) value = value[segment];
    else return undefined;
  }
  return value;
}
