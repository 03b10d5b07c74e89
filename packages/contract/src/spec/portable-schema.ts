import { isJsonObject } from "../json/json-pointer.ts";
import type { SchemaDialect } from "./schema-dialect.ts";

/** Keywords of OpenAPI that say nothing about which values are valid. */
const annotations = new Set(["discriminator", "xml", "externalDocs", "example"]);

const schemaKeywords = new Set([
  "not",
  "if",
  "then",
  "else",
  "items",
  "contains",
  "additionalProperties",
  "propertyNames",
  "additionalItems",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contentSchema",
]);
const schemaListKeywords = new Set(["allOf", "anyOf", "oneOf", "prefixItems", "items"]);
const schemaMapKeywords = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
  "dependencies",
]);

/** A schema inside another one, with the tokens that lead to it. */
export interface Subschema {
  readonly tokens: readonly string[];
  readonly schema: unknown;
}

/** The schemas that a schema is built of, one level down. */
export function subschemas(schema: Readonly<Record<string, unknown>>): readonly Subschema[] {
  return Object.entries(schema).flatMap(([keyword, value]): Subschema[] => {
    if (schemaListKeywords.has(keyword) && Array.isArray(value)) {
      return value.map((part: unknown, index) => ({
        tokens: [keyword, String(index)],
        schema: part,
      }));
    }
    if (schemaMapKeywords.has(keyword) && isJsonObject(value)) {
      return Object.entries(value).map(([name, part]) => ({
        tokens: [keyword, name],
        schema: part,
      }));
    }
    return schemaKeywords.has(keyword) ? [{ tokens: [keyword], schema: value }] : [];
  });
}

/**
 * A copy of a schema without what OpenAPI adds to JSON Schema, its references renamed by `rename`. Schemas of OpenAPI 3.0 are
 * rewritten: `nullable`, boolean `exclusiveMinimum` and `exclusiveMaximum`, and `$ref` that hides what stands beside it.
 */
export function portableSchema(
  schema: unknown,
  dialect: SchemaDialect,
  rename: (reference: string) => string,
): unknown {
  const convert = (part: unknown): unknown => portableSchema(part, dialect, rename);
  if (!isJsonObject(schema)) return schema;
  const isOpenApi30 = dialect.name === "openapi-3.0";
  const reference = schema["$ref"];
  if (typeof reference === "string" && isOpenApi30) return { $ref: rename(reference) };
  const copy: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith("x-") || annotations.has(keyword)) continue;
    if (keyword === "$ref" && typeof value === "string") copy[keyword] = rename(value);
    else if (schemaListKeywords.has(keyword) && Array.isArray(value))
      copy[keyword] = value.map(convert);
    else if (schemaMapKeywords.has(keyword) && isJsonObject(value))
      copy[keyword] = convertMap(value, convert);
    else if (schemaKeywords.has(keyword)) copy[keyword] = convert(value);
    else copy[keyword] = value;
  }
  return isOpenApi30 ? fromOpenApi30(copy, schema) : copy;
}

function convertMap(
  map: Readonly<Record<string, unknown>>,
  convert: (part: unknown) => unknown,
): unknown {
  return Object.fromEntries(Object.entries(map).map(([name, part]) => [name, convert(part)]));
}

function fromOpenApi30(
  copy: Record<string, unknown>,
  schema: Readonly<Record<string, unknown>>,
): unknown {
  const { nullable, ...rest } = copy;
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (rest[exclusive] === true) {
      rest[exclusive] = rest[inclusive];
      delete rest[inclusive];
    } else if (rest[exclusive] === false) delete rest[exclusive];
  }
  dropWriteOnlyRequirements(rest, schema);
  if (nullable !== true) return rest;
  // OpenAPI 3.0.3: nullable counts only where the same schema has a type, and null must also be in an enum.
  if (typeof rest["type"] !== "string") return rest;
  return { ...rest, type: [rest["type"], "null"] };
}

/** OpenAPI 3.0: a property that is write-only and required is required of requests only. */
function dropWriteOnlyRequirements(
  copy: Record<string, unknown>,
  schema: Readonly<Record<string, unknown>>,
): void {
  const { required } = copy;
  const { properties } = schema;
  if (!Array.isArray(required) || !isJsonObject(properties)) return;
  const remaining: unknown[] = required.filter((name: unknown) => {
    const property = properties[String(name)];
    return !isJsonObject(property) || property["writeOnly"] !== true;
  });
  if (remaining.length > 0) copy["required"] = remaining;
  else delete copy["required"];
}
