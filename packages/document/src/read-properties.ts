import type { AddressableDocument } from "./addressable-document.ts";
import type { JsonObject } from "./json.ts";
import { isJsonObject, objectMembers } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import type { DocumentNode, Located } from "./walk-document.ts";

/** The schema that a pointer leads to; undefined for a boolean schema, or none. */
export function schemaAt(document: AddressableDocument, pointer: string): DocumentNode | undefined {
  const value = document.at(pointer);
  return isJsonObject(value) ? { kind: "schema", names: [], pointer, value } : undefined;
}

/**
 * The properties of an object schema by name, those of `allOf` included, references followed; what stands beside a reference
 * wins over what it leads to.
 */
export function readProperties(
  document: AddressableDocument,
  schema: Located,
): ReadonlyMap<string, Located> {
  const found = new Map<string, Located>();
  addProperties(document, schema, found, new Set());
  return found;
}

function addProperties(
  document: AddressableDocument,
  schema: Located,
  found: Map<string, Located>,
  seen: Set<JsonObject>,
): void {
  const { target } = document.resolve(schema);
  if (seen.has(target.value)) return;
  seen.add(target.value);
  const parts: readonly unknown[] = Array.isArray(target.value["allOf"])
    ? target.value["allOf"]
    : [];
  for (const [index, part] of parts.entries()) {
    if (!isJsonObject(part)) continue;
    const at = { pointer: appendPointer(target.pointer, "allOf", index), value: part };
    addProperties(document, at, found, seen);
  }
  for (const [name, property] of objectMembers(target.value["properties"])) {
    const pointer = appendPointer(target.pointer, "properties", name);
    found.set(name, mergeReferences(document, { pointer, value: property }));
  }
}

/** The object that a reference leads to, with what stands beside the references on the way. */
export function mergeReferences(document: AddressableDocument, node: Located): Located {
  const { target, references } = document.resolve(node);
  if (references.length === 0) return target;
  const beside = references.toReversed().map(({ value: { $ref: _reference, ...rest } }) => rest);
  return {
    pointer: target.pointer,
    value: beside.reduce((merged, one) => ({ ...merged, ...one }), target.value),
  };
}
