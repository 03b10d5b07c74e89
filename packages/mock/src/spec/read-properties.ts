import { isJsonObject } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { resolveRef } from "./resolve-ref.ts";

/** The properties of an object schema, those of the parts of an `allOf` included, each with its references followed. */
export function readProperties(
  document: JsonObject,
  schema: JsonObject,
): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const parts = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  for (const part of parts) {
    for (const [name, node] of readProperties(document, resolveRef(document, part))) {
      found.set(name, node);
    }
  }
  if (!isJsonObject(schema["properties"])) return found;
  for (const [name, node] of Object.entries(schema["properties"])) {
    found.set(name, resolveRef(document, node));
  }
  return found;
}
