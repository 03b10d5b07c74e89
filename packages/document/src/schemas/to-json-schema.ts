import type { JsonObject } from "../json.ts";
import type { Direction } from "../directions.ts";
import { isJsonObject, objectMembers } from "../json.ts";
import { appendPointer } from "../json-pointer.ts";
import type { Located } from "../walk-document.ts";
import { ecmaScriptPattern, isUnicodePattern } from "./ecma-script-pattern.ts";
import { formatCheck } from "./formats.ts";
import type { SchemaDialect } from "./schema-dialect.ts";
import {
  annotationKeywords,
  assertionKeywords,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from "./schema-keywords.ts";

/** A schema of JSON Schema 2020-12. */
export type JsonSchema = JsonObject | boolean;

/** Something in a schema that checks nothing, or not what it says. */
export interface SchemaNote {
  readonly kind: "schema" | "keyword" | "scope" | "format" | "pattern" | "flag" | "reference";
  /**
   * What it is about: the keyword, format, pattern or reference; a `scope` is a keyword that gives references another meaning,
   * and a `flag` a pattern that is checked without the flag `u`.
   */
  readonly name: string;
  /** A sentence that begins in lower case. */
  readonly message: string;
  readonly pointer: string;
}

/** How a schema is converted. */
export interface ConversionOptions {
  readonly dialect: SchemaDialect;
  /** What a reference to a place of the document is in the result; the schema there has to be converted, too. */
  readonly rename: (pointer: string) => string;
  readonly note: (note: SchemaNote) => void;
  /** Formats that the document means as hints. @default none */
  readonly ignoredFormats?: ReadonlySet<string> | undefined;
  /** Annotations that stay in the result. @default none */
  readonly keptAnnotations?: ReadonlySet<string> | undefined;
  /**
   * Where the values go. A required property that is `writeOnly` need not be in a response, nor one that is `readOnly` in a
   * request (OpenAPI 3.0.4, section 4.7.24; 3.1 has the keywords from JSON Schema, and documents mean the same by them).
   *
   * @default not known, so that both are required
   */
  readonly direction?: Direction | undefined;
  /** What a pointer of the document points at, to see what the references of properties say. @default they are not followed */
  readonly at?: ((pointer: string) => unknown) | undefined;
  /** Is told of each converted object where it comes from. */
  readonly trace?: ((converted: JsonObject, source: Located) => void) | undefined;
  /** Properties that the schema around this one, for the same value, says need not be there. @default none */
  readonly optional?: ReadonlySet<string> | undefined;
}

/** Keywords that change what the references of a schema mean. */
const scopeKeywords: ReadonlySet<string> = new Set(
  "$id $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor".split(" "),
);

/**
 * A schema of a document as JSON Schema 2020-12, without annotations. What cannot be checked (an unknown keyword or format, a
 * pattern that is not one of ECMAScript) is left out, and noted.
 */
export function toJsonSchema(
  schema: unknown,
  pointer: string,
  options: ConversionOptions,
): JsonSchema {
  if (typeof schema === "boolean") return schema;
  if (!isJsonObject(schema)) {
    const message = "this is not a schema, so every value passes.";
    options.note({ kind: "schema", name: "", message, pointer });
    return true;
  }
  const reference = convertReference(schema["$ref"], pointer, options);
  // In OpenAPI 3.0 and draft-07 nothing beside a reference counts.
  const hidesSiblings = options.dialect === "openapi-3.0" || options.dialect === "draft-07";
  if (hidesSiblings && reference !== undefined) {
    options.trace?.(reference, { pointer, value: schema });
    return reference;
  }
  if (Array.isArray(schema["enum"]) && schema["enum"].length === 0) {
    const message = "an enum without values admits none.";
    options.note({ kind: "schema", name: "enum", message, pointer });
    return false;
  }
  const optional = optionalProperties(schema, options);
  const members = Object.entries(schema).flatMap(([keyword, value]) =>
    convertMember(keyword, value, appendPointer(pointer, keyword), {
      ...options,
      // What is below a property or an item is another value.
      optional: inPlaceKeywords.has(keyword) ? optional : undefined,
    }),
  );
  const converted = { ...reference, ...Object.fromEntries(members) };
  if (optional !== undefined && Array.isArray(converted["required"])) {
    const names: readonly unknown[] = converted["required"];
    converted["required"] = names.filter((name) => typeof name !== "string" || !optional.has(name));
  }
  const upgraded = options.dialect === "openapi-3.0" ? upgrade(converted, schema) : converted;
  options.trace?.(upgraded, { pointer, value: schema });
  return upgraded;
}

/** Keywords whose schemas are about the same value as the one they stand in. */
const inPlaceKeywords: ReadonlySet<string> = new Set(
  "allOf anyOf oneOf not if then else dependentSchemas".split(" "),
);

type Members = readonly (readonly [keyword: string, value: unknown])[];

function convertMember(
  keyword: string,
  value: unknown,
  pointer: string,
  options: ConversionOptions,
): Members {
  const at = (...tokens: readonly (string | number)[]): string => appendPointer(pointer, ...tokens);
  // What is defined within a schema is converted where a reference leads to it.
  if (["$ref", "$defs", "definitions", "contentSchema"].includes(keyword)) return [];
  if (keyword === "format") return convertFormat(value, pointer, options);
  if (keyword === "pattern") return convertPattern(value, pointer, options);
  if (assertionKeywords.has(keyword) || options.keptAnnotations?.has(keyword) === true) {
    return [[keyword, value]];
  }
  if (schemaMapKeywords.has(keyword))
    return [[keyword, convertMap(keyword, value, pointer, options)]];
  if (keyword === "dependencies" && isOldDialect(options))
    return convertDependencies(value, pointer, options);
  // A list of items is what 2020-12 calls prefixItems, and what may follow it was additionalItems.
  if (Array.isArray(value) && (schemaListKeywords.has(keyword) || keyword === "items")) {
    const list = value.map((item, index) => toJsonSchema(item, at(index), options));
    return list.length === 0 ? [] : [[keyword === "items" ? "prefixItems" : keyword, list]];
  }
  if (keyword === "additionalItems" && isOldDialect(options)) {
    return [["items", toJsonSchema(value, pointer, options)]];
  }
  if (schemaKeywords.has(keyword)) return [[keyword, toJsonSchema(value, pointer, options)]];
  const isKnown = annotationKeywords.has(keyword) || keyword.startsWith("x-");
  const isNullable = keyword === "nullable" && options.dialect === "openapi-3.0";
  if (!isKnown && !isNullable) {
    const isScope = scopeKeywords.has(keyword);
    const message = `the keyword ${keyword} is not ${isScope ? "supported" : "checked"}.`;
    options.note({ kind: isScope ? "scope" : "keyword", name: keyword, message, pointer });
  }
  return [];
}

function isOldDialect({ dialect }: ConversionOptions): boolean {
  return dialect === "2019-09" || dialect === "draft-07";
}

function convertReference(
  $ref: unknown,
  pointer: string,
  { rename, note }: ConversionOptions,
): JsonObject | undefined {
  if ($ref === undefined) return undefined;
  if (typeof $ref !== "string") return { $ref };
  if ($ref.startsWith("#")) return { $ref: rename($ref) };
  const message = `the reference ${$ref} is not followed, so it checks nothing.`;
  note({ kind: "reference", name: $ref, message, pointer });
  return {};
}

function convertMap(
  keyword: string,
  value: unknown,
  pointer: string,
  options: ConversionOptions,
): unknown {
  // Ajv says what is wrong with it.
  if (!isJsonObject(value)) return value;
  const converted = Object.entries(value).flatMap(([key, schema]) => {
    const at = appendPointer(pointer, key);
    if (key === "__proto__") {
      const message = "what is named __proto__ is not checked.";
      options.note({ kind: "schema", name: key, message, pointer: at });
    }
    const name = keyword === "patternProperties" ? ecmaScriptPattern(key) : key;
    if (keyword === "patternProperties") notePattern(key, name, at, options);
    return name === undefined ? [] : [[name, toJsonSchema(schema, at, options)] as const];
  });
  return Object.fromEntries(converted);
}

/** What draft 2019-09 took apart into `dependentRequired` and `dependentSchemas`. */
function convertDependencies(value: unknown, pointer: string, options: ConversionOptions): Members {
  const entries = Object.entries(isJsonObject(value) ? value : {});
  const required = entries.filter(([, names]) => Array.isArray(names));
  const schemas = entries.filter(([, names]) => !Array.isArray(names));
  return [
    ["dependentRequired", Object.fromEntries(required)],
    [
      "dependentSchemas",
      convertMap("dependentSchemas", Object.fromEntries(schemas), pointer, options),
    ],
  ];
}

function convertFormat(value: unknown, pointer: string, options: ConversionOptions): Members {
  if (typeof value !== "string") return [["format", value]];
  if (options.ignoredFormats?.has(value) === true) return [];
  const check = formatCheck(value);
  if (check === undefined) {
    options.note({
      kind: "format",
      name: value,
      message: `the format ${value} is not checked.`,
      pointer,
    });
  }
  return check === undefined || check === "unchecked" ? [] : [["format", value]];
}

function convertPattern(value: unknown, pointer: string, options: ConversionOptions): Members {
  if (typeof value !== "string") return [["pattern", value]];
  const pattern = ecmaScriptPattern(value);
  notePattern(value, pattern, pointer, options);
  return pattern === undefined ? [] : [["pattern", pattern]];
}

function notePattern(
  written: string,
  pattern: string | undefined,
  pointer: string,
  { note }: ConversionOptions,
): void {
  if (pattern === undefined) {
    const message = `the pattern ${written} is not an ECMAScript regular expression and is not checked.`;
    note({ kind: "pattern", name: written, message, pointer });
  } else if (!isUnicodePattern(pattern)) {
    const message = `the pattern ${written} is not valid with the flag u and is checked without it.`;
    note({ kind: "flag", name: written, message, pointer });
  }
}

const bounds = [
  ["maximum", "exclusiveMaximum"],
  ["minimum", "exclusiveMinimum"],
] as const;

/** OpenAPI 3.0: exclusive bounds were booleans, and null was an attribute. */
function upgrade(converted: JsonObject, schema: JsonObject): JsonObject {
  const upgraded = { ...converted };
  for (const [bound, exclusive] of bounds) {
    const isExclusive = upgraded[exclusive];
    if (typeof isExclusive !== "boolean") continue;
    delete upgraded[exclusive];
    if (!isExclusive || upgraded[bound] === undefined) continue;
    upgraded[exclusive] = upgraded[bound];
    delete upgraded[bound];
  }
  if (schema["nullable"] !== true) return upgraded;
  const { type, enum: values } = upgraded;
  if (typeof type !== "string") return { anyOf: [{ type: "null" }, upgraded] };
  // By the letter an enum without null does not allow it; those who write nullable beside one mean that it does.
  const isListed = !Array.isArray(values) || values.includes(null);
  return { ...upgraded, type: [type, "null"], ...(isListed ? {} : { enum: [...values, null] }) };
}

/** References within references end here. */
const maxDepth = 20;

/** The properties that need not be there in this direction, by what the schema or a part of it says of them. */
function optionalProperties(
  schema: JsonObject,
  options: ConversionOptions,
  depth = 0,
): ReadonlySet<string> | undefined {
  if (options.direction === undefined || depth > maxDepth) return options.optional;
  const names = new Set(options.optional);
  for (const [name, property] of objectMembers(schema["properties"])) {
    if (isLeftOut(property, options)) names.add(name);
  }
  const parts: readonly unknown[] = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  for (const part of [...parts, ...referencedBy(schema, options)]) {
    if (!isJsonObject(part)) continue;
    for (const name of optionalProperties(part, options, depth + 1) ?? []) names.add(name);
  }
  return names.size === 0 ? undefined : names;
}

/** Whether a property does not go in the direction: it is `readOnly` in a request, or `writeOnly` in a response. */
export function isLeftOut(
  property: unknown,
  options: Pick<ConversionOptions, "direction" | "at" | "dialect">,
  depth = 0,
): boolean {
  if (!isJsonObject(property) || options.direction === undefined || depth > maxDepth) return false;
  const targets = referencedBy(property, options);
  const keyword = options.direction === "request" ? "readOnly" : "writeOnly";
  const isHidden = options.dialect === "openapi-3.0" && property["$ref"] !== undefined;
  if (property[keyword] === true && !isHidden) return true;
  return targets.some((target) => isLeftOut(target, options, depth + 1));
}

function referencedBy(
  { $ref }: JsonObject,
  { at }: Pick<ConversionOptions, "at">,
): readonly unknown[] {
  return typeof $ref === "string" && $ref.startsWith("#") && at !== undefined ? [at($ref)] : [];
}
