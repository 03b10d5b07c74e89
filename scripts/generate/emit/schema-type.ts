import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject, JsonSchema } from "@qontext/sync-log-document";
import { allowedTypes, jsonTypeOf, jsonTypes, namedTypes } from "../json-types.ts";
import type { JsonType } from "../json-types.ts";
import { propertyKey } from "../names.ts";
import { formatTsDoc } from "../tsdoc.ts";
import type { TypeText } from "./type-text.ts";
import { arrayOf, indent, intersectionOf, neverType, unionOf, unknownType } from "./type-text.ts";

/** What the type of a schema is made with. */
export interface SchemaTypeContext {
  /** The name of the type that a `$ref` leads to. */
  readonly nameOf: (reference: string) => string;
  /** The schema that a `$ref` leads to. */
  readonly resolve: (reference: string) => JsonSchema;
  /** Documentation of a property, in lines. */
  readonly docsOf: (property: JsonSchema) => readonly string[];
  /** Whether a property does not go where the values go. */
  readonly isLeftOut: (property: JsonSchema) => boolean;
  /** Whether values may come that the enum does not have yet. */
  readonly isOpen: (schema: JsonObject) => boolean;
}

/**
 * The type of the values that a schema of JSON Schema 2020-12 accepts. Where TypeScript has no type for them (lengths, bounds,
 * patterns, `not`, `if`, one and only one of several) it is a wider one, never a narrower.
 *
 * @param types - The kinds of values that what is around the schema leaves.
 */
export function schemaType(
  schema: JsonSchema,
  context: SchemaTypeContext,
  types: readonly JsonType[] = jsonTypes,
): TypeText {
  if (typeof schema === "boolean") return schema ? plainType(types) : neverType;
  const allowed = allowedTypes(schema, { resolve: context.resolve, implied: false });
  const kinds = withoutExcluded(
    schema,
    types.filter((type) => allowed.includes(type)),
  );
  const { $ref, allOf, anyOf, oneOf } = schema;
  const typeOf = (part: unknown): TypeText => schemaType(toSchema(part), context, kinds);
  const unions = [anyOf, oneOf].filter((list) => Array.isArray(list));
  const parts = [
    ...(typeof $ref === "string" ? [referenceType($ref, context, kinds)] : []),
    ...(Array.isArray(allOf) ? allOf.map(typeOf) : []),
    ...unions.map((list) => unionOf(list.map(typeOf))),
  ];
  const own = ownType(schema, context, kinds);
  const plain = plainType(kinds).text;
  // Each part says already which kinds of values there are.
  const telling = [own, ...parts].filter(({ text }) => text !== plain);
  return telling.length === 0 ? plainType(kinds) : intersectionOf(telling);
}

function toSchema(value: unknown): JsonSchema {
  return isJsonObject(value) || typeof value === "boolean" ? value : true;
}

/** Any value of these kinds. */
function plainType(types: readonly JsonType[]): TypeText {
  if (types.length === jsonTypes.length) return unknownType;
  return unionOf(types.map((type) => plainTypes[type]));
}

const plainTypes: Readonly<Record<JsonType, TypeText>> = {
  string: { text: "string" },
  number: { text: "number" },
  boolean: { text: "boolean" },
  null: { text: "null" },
  array: { text: "unknown[]" },
  object: { text: "{ [key: string]: unknown }" },
};

/** What `not` leaves, where it is about nothing but the kind. */
function withoutExcluded({ not }: JsonObject, types: readonly JsonType[]): readonly JsonType[] {
  if (not === true) return [];
  if (!isJsonObject(not)) return types;
  const { type, ...more } = not;
  if (Object.keys(more).length > 0) return types;
  if (type === undefined) return [];
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  // Numbers are left where only integers are excluded.
  return types.filter((one) => !names.includes(one));
}

function referenceType(
  reference: string,
  context: SchemaTypeContext,
  types: readonly JsonType[],
): TypeText {
  const name = { text: context.nameOf(reference) };
  const { resolve } = context;
  const target = allowedTypes(resolve(reference), { resolve, implied: true });
  const isWithin = target.every((type) => types.includes(type));
  return isWithin ? name : intersectionOf([name, plainType(types)]);
}

/** What the keywords say that stand in the schema itself. */
function ownType(
  schema: JsonObject,
  context: SchemaTypeContext,
  types: readonly JsonType[],
): TypeText {
  const values = enumValues(schema);
  if (values !== undefined) {
    const known = values.filter((value) => types.includes(jsonTypeOf(value)));
    const others = context.isOpen(schema) ? openTypes(known) : [];
    return unionOf([...known.map(literalType), ...others]);
  }
  const isAboutArrays = types.includes("array") && arrayKeywords.some((key) => key in schema);
  const isAboutObjects = types.includes("object") && objectKeywords.some((key) => key in schema);
  if (!isAboutArrays && !isAboutObjects) return plainType(types);
  return unionOf(
    types.map((type) => {
      if (type === "array" && isAboutArrays) return arrayType(schema, context);
      if (type === "object" && isAboutObjects) return objectType(schema, context);
      return plainTypes[type];
    }),
  );
}

const arrayKeywords = ["items", "prefixItems"];
const objectKeywords = [
  "properties",
  "required",
  "additionalProperties",
  "patternProperties",
  "unevaluatedProperties",
];

function enumValues(schema: JsonObject): readonly unknown[] | undefined {
  const { enum: values } = schema;
  const types = namedTypes(schema["type"]);
  const listed: readonly unknown[] | undefined =
    "const" in schema ? [schema["const"]] : Array.isArray(values) ? values : undefined;
  return listed?.filter((value) => types.includes(jsonTypeOf(value)));
}

/**
 * `(string & {})`: any string is allowed, and editors still offer the known ones. An enum with one value is a constant, which
 * tells the members of a union apart, and stays as it is.
 */
function openTypes(known: readonly unknown[]): readonly TypeText[] {
  const scalars = known.filter((value) => ["string", "number"].includes(typeof value));
  if (new Set(scalars).size < 2) return [];
  return ["string", "number"]
    .filter((type) => scalars.some((value) => typeof value === type))
    .map((type) => ({ text: `(${type} & {})` }));
}

function literalType(value: unknown): TypeText {
  if (Array.isArray(value)) {
    return { text: `[${value.map((item: unknown) => literalType(item).text).join(", ")}]` };
  }
  if (!isJsonObject(value)) return { text: JSON.stringify(value) };
  const members = Object.entries(value).map(
    ([name, member]) => `${propertyKey(name)}: ${literalType(member).text}`,
  );
  return { text: members.length === 0 ? "{ [key: string]: never }" : `{ ${members.join("; ")} }` };
}

/** `T[]`, or a tuple whose members may be absent from `minItems` on. */
function arrayType(schema: JsonObject, context: SchemaTypeContext): TypeText {
  const { items = true, prefixItems, minItems, maxItems } = schema;
  const rest = schemaType(toSchema(items), context);
  if (!Array.isArray(prefixItems)) return arrayOf(rest);
  const least = typeof minItems === "number" ? minItems : 0;
  const most = typeof maxItems === "number" ? maxItems : Infinity;
  const members = prefixItems.slice(0, most).map((item: unknown, index) => {
    const type = schemaType(toSchema(item), context);
    if (index < least) return type.text;
    return type.joint === undefined ? `${type.text}?` : `(${type.text})?`;
  });
  const isClosed = rest.text === "never" || most <= prefixItems.length;
  if (!isClosed) members.push(`...${arrayOf(rest).text}`);
  return { text: `[${members.map(indent).join(", ")}]` };
}

function objectType(schema: JsonObject, context: SchemaTypeContext): TypeText {
  const { properties, required } = schema;
  const known = isJsonObject(properties) ? properties : {};
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  const needed = new Set(names.filter((name) => typeof name === "string"));
  const others = otherProperties(schema, context);
  const members: string[] = [];
  const types: TypeText[] = [];
  let hasOptional = false;
  for (const [name, property] of Object.entries(known)) {
    const member = toSchema(property);
    if (context.isLeftOut(member)) continue;
    const type = schemaType(member, context);
    const isOptional = !needed.delete(name);
    hasOptional ||= isOptional;
    types.push(type);
    const doc = formatTsDoc(context.docsOf(member), "  ");
    members.push(`${doc}  ${propertyKey(name)}${isOptional ? "?" : ""}: ${indent(type.text)};\n`);
  }
  for (const name of needed) {
    const type = others ?? unknownType;
    members.push(`  ${propertyKey(name)}: ${indent(type.text)};\n`);
  }
  const isEmpty = members.length === 0;
  if (others !== undefined && (isEmpty || others.text !== "never")) {
    // An index signature has to hold for the named properties, too.
    const absent = hasOptional && others.text !== "unknown" ? [{ text: "undefined" }] : [];
    const index = unionOf([others, ...types, ...absent]);
    members.push(`  [key: string]: ${indent(index.text)};\n`);
  } else if (isEmpty) return plainTypes.object;
  return { text: `{\n${members.join("")}}` };
}

/** The type of the properties that have no names; undefined where they may be anything, and nothing is said of them. */
function otherProperties(schema: JsonObject, context: SchemaTypeContext): TypeText | undefined {
  const { patternProperties, unevaluatedProperties, allOf, anyOf, oneOf, $ref } = schema;
  const isWhole = [allOf, anyOf, oneOf, $ref, schema["if"]].every((part) => part === undefined);
  // With nothing beside it, what was not evaluated is what is not named.
  const { additionalProperties = isWhole ? unevaluatedProperties : undefined } = schema;
  if (additionalProperties === undefined) return undefined;
  const patterns = isJsonObject(patternProperties) ? Object.values(patternProperties) : [];
  return unionOf(
    [additionalProperties, ...patterns].map((one) => schemaType(toSchema(one), context)),
  );
}
