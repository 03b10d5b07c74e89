import { isJsonObject, stringOf } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { joinPointer, valueAt } from "../document/json-pointer.ts";
import {
  annotationKeywords,
  assertionKeywords,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from "../document/schema-keywords.ts";
import type { Report } from "../problem.ts";
import { ecmaScriptPattern } from "./ecma-script-pattern.ts";
import { formatCheck } from "./formats.ts";
import { upgradeSchema } from "./upgrade-schema.ts";

/** A schema of JSON Schema 2020-12. */
export type ValidationSchema = JsonObject | boolean;

/** Schemas without annotations, all in one object of which each `$ref` is `#/$defs/…`. */
export interface ValidationSchemas {
  readonly $defs: Readonly<Record<string, ValidationSchema>>;
  /** The key in `$defs` of each pointer that was asked for. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Converts schemas of a document, and the schemas that they refer to. */
export interface SchemaConverter {
  /** The key in `$defs` of the schema at a pointer. */
  readonly keyOf: (pointer: string) => string;
  /** The schema at a pointer itself; what it refers to is in `$defs`. */
  readonly convertAt: (pointer: string) => ValidationSchema;
  /** Everything that was referred to, or that has a key. */
  readonly defs: () => Readonly<Record<string, ValidationSchema>>;
}

/** How a {@link SchemaConverter} converts. */
export interface ConversionOptions {
  /** Names the schema at a pointer; each name has to be another. */
  readonly nameOf: (pointer: string) => string;
  /** Annotations that stay; the others are left out. */
  readonly annotations: ReadonlySet<string>;
  readonly report: Report;
}

interface ConversionContext extends Pick<ConversionOptions, "annotations"> {
  readonly keyOf: (pointer: string) => string;
  readonly isOpenapi30: boolean;
  readonly warn: (ruleId: string, message: string, pointer: string) => void;
}

/**
 * Makes the schemas that Ajv compiles. What cannot be checked (an unknown format, a pattern that is not valid in ECMAScript, an
 * unknown keyword) is left out with a warning.
 *
 * @param pointers - The schemas to validate; what they refer to comes along.
 */
export function createValidationSchemas(
  document: JsonObject,
  pointers: readonly string[],
  report: Report,
): ValidationSchemas {
  const keys = new Map<string, string>();
  const nameOf = (pointer: string): string => {
    const key = `s${keys.size}`;
    keys.set(pointer, key);
    return key;
  };
  const converter = createSchemaConverter(document, { nameOf, annotations: new Set(), report });
  for (const pointer of pointers) converter.keyOf(pointer);
  return { $defs: converter.defs(), keys };
}

/** Creates a converter to JSON Schema 2020-12. */
export function createSchemaConverter(
  document: JsonObject,
  { nameOf, annotations, report }: ConversionOptions,
): SchemaConverter {
  const keys = new Map<string, string>();
  const keyOf = (pointer: string): string => {
    const key = keys.get(pointer) ?? nameOf(pointer);
    keys.set(pointer, key);
    return key;
  };
  const context: ConversionContext = {
    keyOf,
    annotations,
    isOpenapi30: String(document["openapi"]).startsWith("3.0"),
    warn: (ruleId, message, pointer) => report({ severity: "warning", ruleId, message, pointer }),
  };
  const convertAt = (pointer: string): ValidationSchema =>
    convert(valueAt(document, pointer), pointer, context);
  return {
    keyOf,
    convertAt,
    defs: () => {
      const $defs: Record<string, ValidationSchema> = {};
      // A map grows while it is iterated: what a definition refers to comes in turn.
      for (const [pointer, key] of keys) $defs[key] = convertAt(pointer);
      return $defs;
    },
  };
}

function convert(schema: unknown, pointer: string, context: ConversionContext): ValidationSchema {
  if (typeof schema === "boolean") return schema;
  if (!isJsonObject(schema)) {
    context.warn("schema", "this is not a schema, so every value passes.", pointer);
    return true;
  }
  const reference = convertReference(schema["$ref"], pointer, context);
  // In OpenAPI 3.0 nothing beside a reference counts.
  if (context.isOpenapi30 && reference !== undefined) return reference;
  const members = Object.entries(schema).flatMap(([keyword, value]) =>
    convertMember(keyword, value, joinPointer(pointer, keyword), context),
  );
  const converted = { ...reference, ...Object.fromEntries(members) };
  return context.isOpenapi30 ? upgradeSchema(converted, schema["nullable"] === true) : converted;
}

type Members = readonly (readonly [keyword: string, value: unknown])[];

function convertMember(
  keyword: string,
  value: unknown,
  pointer: string,
  context: ConversionContext,
): Members {
  if (keyword === "$ref" || keyword === "$defs" || keyword === "definitions") return [];
  if (keyword === "format") return convertFormat(value, pointer, context);
  if (keyword === "pattern") return convertPattern(value, pointer, context);
  if (assertionKeywords.has(keyword) || context.annotations.has(keyword)) return [[keyword, value]];
  if (schemaMapKeywords.has(keyword))
    return [[keyword, convertMap(keyword, value, pointer, context)]];
  // A list of items is what 2020-12 calls prefixItems.
  if (Array.isArray(value) && (schemaListKeywords.has(keyword) || keyword === "items")) {
    const list = value.map((item, index) => convert(item, joinPointer(pointer, index), context));
    return list.length === 0 ? [] : [[keyword === "items" ? "prefixItems" : keyword, list]];
  }
  if (keyword === "contentSchema") return [];
  if (schemaKeywords.has(keyword)) return [[keyword, convert(value, pointer, context)]];
  const isKnown = annotationKeywords.has(keyword) || keyword.startsWith("x-");
  const isNullable = keyword === "nullable" && context.isOpenapi30;
  if (!isKnown && !isNullable) {
    context.warn("keyword", `the keyword ${keyword} is not checked.`, pointer);
  }
  return [];
}

function convertReference(
  $ref: unknown,
  pointer: string,
  context: ConversionContext,
): JsonObject | undefined {
  if (typeof $ref !== "string") return undefined;
  if ($ref.startsWith("#/")) return { $ref: `#/$defs/${context.keyOf($ref)}` };
  context.warn(
    "reference",
    `the reference ${$ref} is not followed, so it checks nothing.`,
    pointer,
  );
  return {};
}

function convertMap(
  keyword: string,
  value: unknown,
  pointer: string,
  context: ConversionContext,
): JsonObject {
  const entries = Object.entries(isJsonObject(value) ? value : {});
  const converted = entries.flatMap(([key, schema]) => {
    const at = joinPointer(pointer, key);
    const name = keyword === "patternProperties" ? ecmaScriptPattern(key) : key;
    if (name === undefined) context.warn("pattern", invalidPattern(key), at);
    return name === undefined ? [] : [[name, convert(schema, at, context)] as const];
  });
  return Object.fromEntries(converted);
}

function convertFormat(value: unknown, pointer: string, context: ConversionContext): Members {
  const format = stringOf(value);
  if (format === undefined) return [];
  const check = formatCheck(format);
  if (check === undefined) context.warn("format", `the format ${format} is not checked.`, pointer);
  return check === undefined || check === "unchecked" ? [] : [["format", format]];
}

function convertPattern(value: unknown, pointer: string, context: ConversionContext): Members {
  const written = stringOf(value);
  if (written === undefined) return [];
  const pattern = ecmaScriptPattern(written);
  if (pattern === undefined) context.warn("pattern", invalidPattern(written), pointer);
  return pattern === undefined ? [] : [["pattern", pattern]];
}

function invalidPattern(pattern: string): string {
  return `the pattern ${pattern} is not an ECMAScript regular expression and is not checked.`;
}
