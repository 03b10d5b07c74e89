import {
  appendPointer,
  isJsonObject,
  openDocument,
  pointerTokens,
} from "@qontext/sync-log-document";
import type { JsonObject, NodeKind, OpenApiDocument } from "@qontext/sync-log-document";
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
  document: OpenApiDocument,
  closedSchemas: ReadonlySet<JsonObject>,
): AnnotatedDocument {
  const docs = new Map<string, readonly string[]>();
  const copy = openDocument(structuredClone(document.value));
  const originals = new Map([...document.walk()].map((node) => [node.pointer, node]));
  for (const { kind, pointer, ...node } of copy.walk()) {
    const original = originals.get(pointer);
    if (original === undefined || !documentedKinds.has(kind)) continue;
    const value: Mutable = node.value;
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
  return { document: copy.value, docs };
}

/** Readonly is a promise of who reads a document; a copy may be changed. */
type Mutable = Record<string, unknown>;

const sectionOfKind: Readonly<Partial<Record<NodeKind, string>>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  requestBody: "requestBodies",
  header: "headers",
  pathItem: "pathItems",
};

/** The kinds of objects that openapi-typescript makes types with comments of. */
const documentedKinds: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "schema",
  "response",
  "parameter",
  "requestBody",
  "header",
  "pathItem",
  "operation",
  "mediaType",
  "encoding",
]);

/**
 * Gives what references lead to a place among the components, if it has another. openapi-typescript makes an indexed access of
 * a pointer, and many places of a document have no counterpart in its types.
 */
function hoistTargets(document: OpenApiDocument): void {
  const components = memberObject(document.value, "components");
  for (const { kind, ...node } of document.walk()) {
    const value: Mutable = node.value;
    const { $ref } = value;
    const section = sectionOfKind[kind];
    if (typeof $ref !== "string" || section === undefined) continue;
    if (/^#\/components\/[^/]+\/[^/]+$/.test($ref)) continue;
    const name = pointerTokens($ref).join(" ");
    const hoisted = memberObject(components, section);
    hoisted[name] ??= structuredClone(document.at($ref));
    value["$ref"] = appendPointer("#/components", section, name);
  }
}

function memberObject(object: Mutable, key: string): Mutable {
  const member = object[key];
  if (isJsonObject(member)) return member;
  const created: Mutable = {};
  object[key] = created;
  return created;
}

/**
 * An enum with one value is a constant, which tells the members of a union apart, and stays as it is.
 */
function openEnum(schema: Mutable): void {
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
