import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";

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
  if (type === undefined) return jsonTypes;
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return jsonTypes.filter(
    (one) => names.includes(one) || (one === "number" && names.includes("integer")),
  );
}

/** The keywords that speak of values of one kind, and check no others. */
const kindKeywords: Readonly<Record<string, string>> = {
  object:
    "properties required additionalProperties patternProperties propertyNames minProperties maxProperties dependentRequired " +
    "unevaluatedProperties",
  array: "items prefixItems minItems maxItems uniqueItems contains unevaluatedItems",
  string: "minLength maxLength pattern",
  number: "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf",
};

const kindOfKeyword: ReadonlyMap<string, JsonType> = new Map(
  jsonTypes.flatMap((type) =>
    (kindKeywords[type]?.split(" ") ?? []).map((keyword) => [keyword, type] as const),
  ),
);

/** The kinds of values that a schema speaks of; all of them where it speaks of none. */
function impliedTypes(schema: JsonObject): readonly JsonType[] {
  const kinds = new Set(Object.keys(schema).map((keyword) => kindOfKeyword.get(keyword)));
  const implied = jsonTypes.filter((type) => kinds.has(type));
  return implied.length === 0 ? jsonTypes : implied;
}

/** How {@link allowedTypes} looks at a schema. */
export interface AllowedTypesOptions {
  /** What a reference leads to. */
  readonly resolve: (reference: string) => unknown;
  /**
   * Whether a schema without a `type` means the kinds of values that it speaks of. By the letter `{ "properties": … }` allows
   * every number, too; nobody who writes it means that.
   */
  readonly implied: boolean;
}

/** References within references end here. */
const maxDepth = 20;

/** The kinds of values that a schema may allow, as far as `type`, `enum`, `const` and its parts say. */
export function allowedTypes(
  schema: unknown,
  options: AllowedTypesOptions,
  depth = 0,
): readonly JsonType[] {
  if (schema === false) return [];
  if (!isJsonObject(schema) || depth > maxDepth) return jsonTypes;
  const { $ref, type, enum: values, nullable } = schema;
  const next = (part: unknown, implied = options.implied): readonly JsonType[] =>
    allowedTypes(part, { ...options, implied }, depth + 1);
  const partsOf = (keyword: string): readonly (readonly JsonType[])[] => {
    const list: unknown = schema[keyword];
    return Array.isArray(list) ? list.map((part) => next(part)) : [];
  };
  const unions = ["anyOf", "oneOf"].filter((keyword) => Array.isArray(schema[keyword]));
  const every = [
    nullable === true && type !== undefined ? [...namedTypes(type), "null"] : namedTypes(type),
    // What is referred to stands for itself, whatever is around the reference.
    ...(typeof $ref === "string" ? [next(options.resolve($ref), true)] : []),
    ...(Array.isArray(values) ? [values.map(jsonTypeOf)] : []),
    ...("const" in schema ? [[jsonTypeOf(schema["const"])]] : []),
    ...partsOf("allOf"),
    ...unions.map((keyword) => partsOf(keyword).flat()),
  ];
  const allowed = jsonTypes.filter((one) => every.every((types) => types.includes(one)));
  const isAny = allowed.length === jsonTypes.length;
  return isAny && options.implied ? impliedTypes(schema) : allowed;
}
