import { isJsonObject } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { joinPointer, pointerKeys, valueAt } from "../document/json-pointer.ts";
import { walkDocument } from "../document/walk-document.ts";
import type { DocumentNode, NodeKind } from "../document/walk-document.ts";
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
  hoistTargets(copy);
  return { document: copy, docs };
}

const sectionOfKind: Readonly<Partial<Record<NodeKind, string>>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  requestBody: "requestBodies",
  header: "headers",
  pathItem: "pathItems",
};

/**
 * Gives what references lead to a place among the components, if it has another. openapi-typescript makes an indexed access of
 * a pointer, and many places of a document have no counterpart in its types.
 */
function hoistTargets(document: JsonObject): void {
  const components = memberObject(document, "components");
  for (const { kind, value } of walkDocument(document)) {
    const { $ref } = value;
    const section = sectionOfKind[kind];
    if (typeof $ref !== "string" || section === undefined) continue;
    if (/^#\/components\/[^/]+\/[^/]+$/.test($ref)) continue;
    const name = pointerKeys($ref).join(" ");
    const hoisted = memberObject(components, section);
    hoisted[name] ??= structuredClone(valueAt(document, $ref));
    value["$ref"] = joinPointer("#/components", section, name);
  }
}

function memberObject(object: JsonObject, key: string): JsonObject {
  const member = object[key];
  if (isJsonObject(member)) return member;
  const created: JsonObject = {};
  object[key] = created;
  return created;
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
