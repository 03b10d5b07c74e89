import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { OpenApiDocument } from "@qontext/sync-log-document";

/** The kinds of JSON values; an integer is a number. */
export type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

export const jsonTypes: readonly JsonType[] = [
  "string",
  "number",
  "boolean",
  "null",
  "array",
  "object",
];

/** The kind of a JSON value. */
export function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** The kinds that the keyword `type` names; all of them where it is absent. */
export function namedTypes(type: unknown): readonly JsonType[] {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (type === undefined) return jsonTypes;
  return jsonTypes.filter(
    (one) => names.includes(one) || (one === "number" && names.includes("integer")),
  );
}

/** References within references end here. */
const maxDepth = 20;

/** The kinds of values that a schema of a document may allow, as far as `type`, `enum`, `const` and its parts say. */
export function allowedTypes(
  document: OpenApiDocument,
  pointer: string,
  depth = 0,
): readonly JsonType[] {
  const schema = document.at(pointer);
  if (!isJsonObject(schema) || depth > maxDepth) return jsonTypes;
  const { $ref, type, enum: values, nullable } = schema;
  const next = (at: string): readonly JsonType[] => allowedTypes(document, at, depth + 1);
  const partsOf = (keyword: string): readonly (readonly JsonType[])[] => {
    const list: unknown = schema[keyword];
    if (!Array.isArray(list)) return [];
    return list.map((_, index) => next(appendPointer(pointer, keyword, index)));
  };
  const every = [
    nullable === true && type !== undefined ? [...namedTypes(type), "null"] : namedTypes(type),
    ...(typeof $ref === "string" ? [next($ref)] : []),
    ...(Array.isArray(values) ? [values.map(jsonTypeOf)] : []),
    ...("const" in schema ? [[jsonTypeOf(schema["const"])]] : []),
    ...partsOf("allOf"),
    ...["anyOf", "oneOf"].map(partsOf).flatMap((parts) => (parts.length > 0 ? [parts.flat()] : [])),
  ];
  const allowed = jsonTypes.filter((one) => every.every((types) => types.includes(one)));
  return allowed.length === jsonTypes.length ? impliedTypes(schema) : allowed;
}

/** A schema that says nothing of the kind, but speaks of properties or of items, means an object or an array. */
export function impliedTypes(schema: Readonly<Record<string, unknown>>): readonly JsonType[] {
  if (isJsonObject(schema["properties"])) return ["object"];
  return "items" in schema || "prefixItems" in schema ? ["array"] : jsonTypes;
}
