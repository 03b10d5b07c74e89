import type { JsonObject } from "../document/json.ts";
import { walkDocument } from "../document/walk-document.ts";
import type { DocumentNode } from "../document/walk-document.ts";
import { documentationKeys, documentationOf } from "../documentation-of.ts";

/** A copy of a document that openapi-typescript makes the wanted types of. */
export interface AnnotatedDocument {
  readonly document: JsonObject;
  /** Documentation by the mark that stands in the copy's titles in its place. */
  readonly docs: ReadonlyMap<string, readonly string[]>;
}

/** In the copy, an open enum is a schema with its values under this key. */
export const openEnumKey = "x-open-enum";

/**
 * Replaces the documentation of everything by marks, and the enums that are open by schemas with their values under
 * {@link openEnumKey}.
 *
 * @param closedSchemas - Schemas, as objects of the document, whose enums stay closed.
 */
export function annotateDocument(
  document: JsonObject,
  closedSchemas: ReadonlySet<JsonObject>,
): AnnotatedDocument {
  const docs = new Map<string, readonly string[]>();
  const originals = new Map<string, DocumentNode>();
  for (const node of walkDocument(document)) originals.set(node.pointer, node);

  const copy = structuredClone(document);
  for (const { kind, pointer, value } of walkDocument(copy)) {
    const original = originals.get(pointer);
    if (kind === "document" || kind === "components" || kind === "callback" || !original) continue;
    const lines = documentationOf(document, original);
    for (const key of documentationKeys) delete value[key];
    if (lines.length > 0) {
      const mark = `[[doc ${docs.size}]]`;
      docs.set(mark, lines);
      value["title"] = mark;
    }
    if (kind === "schema" && !closedSchemas.has(original.value)) openEnum(value);
  }
  return { document: copy, docs };
}

/**
 * An enum with one value is a constant, which tells the members of a union apart, and stays as it is.
 */
function openEnum(schema: JsonObject): void {
  const { enum: values, nullable, type } = schema;
  if (!Array.isArray(values)) return;
  const options = values.filter((value) => typeof value === "string" || typeof value === "number");
  if (new Set(options).size < 2) return;
  const allowsNull = nullable === true || (Array.isArray(type) && type.includes("null"));
  schema[openEnumKey] = allowsNull ? [...new Set([...values, null])] : values;
  // The hook that makes the type is called for schemas with a type only.
  schema["type"] = "string";
  delete schema["enum"];
  delete schema["nullable"];
}
