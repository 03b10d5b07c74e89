import { isJsonObject, stringOf } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { joinPointer, valueAt } from "../document/json-pointer.ts";
import type { Report } from "../problem.ts";
import { formatCheck } from "./formats.ts";

/** Schemas as JSON Schema 2020-12, without annotations, all in one object of which each `$ref` is `#/$defs/…`. */
export interface ValidationSchemas {
  readonly $defs: Readonly<Record<string, JsonObject | boolean>>;
  /** The key in `$defs` of each pointer that was asked for. */
  readonly keys: ReadonlyMap<string, string>;
}

const schemaMaps = ["properties", "patternProperties", "dependentSchemas"];
const schemaLists = ["allOf", "anyOf", "oneOf", "prefixItems"];
const schemas = [
  ...["items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"],
  ...["propertyNames", "contains", "not", "if", "then", "else"],
];
const plain = new Set([
  ...["type", "enum", "const", "required", "dependentRequired", "multipleOf", "uniqueItems"],
  ...["maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "maxLength", "minLength"],
  ...["maxItems", "minItems", "maxContains", "minContains", "maxProperties", "minProperties"],
]);
const annotations = new Set([
  ...[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
  ],
  ...["externalDocs", "xml", "discriminator", "$comment", "$defs", "definitions", "nullable"],
  ...[
    "contentMediaType",
    "contentEncoding",
    "contentSchema",
    "$schema",
    "$ref",
    "format",
    "pattern",
  ],
]);

/**
 * Makes the schemas that Ajv compiles. What cannot be checked (an unknown format, a pattern that is no ECMAScript one, an
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
  const pending: string[] = [];
  const $defs: Record<string, JsonObject | boolean> = {};
  const keyOf = (pointer: string): string => {
    const key = keys.get(pointer) ?? `s${keys.size}`;
    if (!keys.has(pointer)) pending.push(pointer);
    keys.set(pointer, key);
    return key;
  };
  const converter = createConverter(keyOf, String(document["openapi"]).startsWith("3.0"), report);
  for (const pointer of pointers) keyOf(pointer);
  for (let pointer = pending.shift(); pointer !== undefined; pointer = pending.shift()) {
    $defs[keyOf(pointer)] = converter(valueAt(document, pointer), pointer);
  }
  return { $defs, keys };
}

type Convert = (schema: unknown, pointer: string) => JsonObject | boolean;

function createConverter(
  keyOf: (pointer: string) => string,
  isOpenapi30: boolean,
  report: Report,
): Convert {
  const warn = (ruleId: string, message: string, pointer: string): void =>
    report({ severity: "warning", ruleId, message, pointer });

  const convert: Convert = (schema, pointer) => {
    if (typeof schema === "boolean") return schema;
    if (!isJsonObject(schema)) {
      warn("schema", "is no schema, so every value passes here.", pointer);
      return true;
    }
    const reference = convertReference(schema["$ref"], pointer);
    // In OpenAPI 3.0 nothing beside a reference counts.
    if (isOpenapi30 && reference !== undefined) return reference;
    const converted: JsonObject = { ...reference };
    for (const [key, value] of Object.entries(schema)) {
      const at = joinPointer(pointer, key);
      if (schemaMaps.includes(key)) converted[key] = convertMap(value, at);
      else if (key === "items" && Array.isArray(value)) {
        converted["prefixItems"] = value.map((item, index) =>
          convert(item, joinPointer(at, index)),
        );
      } else if (schemaLists.includes(key)) Object.assign(converted, convertList(key, value, at));
      else if (schemas.includes(key)) converted[key] = convert(value, at);
      else if (plain.has(key)) converted[key] = value;
      else if (!annotations.has(key) && !key.startsWith("x-")) {
        warn("keyword", `the keyword ${key} is not checked.`, at);
      }
    }
    convertFormat(schema["format"], converted, pointer);
    convertPattern(schema["pattern"], converted, pointer);
    return isOpenapi30 ? upgrade(converted, schema) : converted;
  };

  const convertReference = ($ref: unknown, pointer: string): JsonObject | undefined => {
    if (typeof $ref !== "string") return undefined;
    if ($ref.startsWith("#/")) return { $ref: `#/$defs/${keyOf($ref)}` };
    warn(
      "reference",
      `the reference ${$ref} is not followed, so every value passes here.`,
      pointer,
    );
    return {};
  };

  const convertMap = (value: unknown, pointer: string): JsonObject => {
    const map = isJsonObject(value) ? value : {};
    const converted = Object.entries(map).map(([key, schema]) => {
      const at = joinPointer(pointer, key);
      if (!pointer.endsWith("/patternProperties")) return [key, convert(schema, at)] as const;
      const pattern = ecmaScriptPattern(key);
      if (pattern === undefined) warn("pattern", invalidPattern(key), at);
      return [pattern ?? "$.^", convert(schema, at)] as const;
    });
    return Object.fromEntries(converted);
  };

  const convertList = (key: string, value: unknown, pointer: string): JsonObject =>
    Array.isArray(value) && value.length > 0
      ? { [key]: value.map((schema, index) => convert(schema, joinPointer(pointer, index))) }
      : {};

  const convertFormat = (value: unknown, converted: JsonObject, pointer: string): void => {
    const format = stringOf(value);
    if (format === undefined) return;
    const check = formatCheck(format);
    if (check === undefined) warn("format", `the format ${format} is not checked.`, pointer);
    else if (check !== "unchecked") converted["format"] = format;
  };

  const convertPattern = (value: unknown, converted: JsonObject, pointer: string): void => {
    const written = stringOf(value);
    if (written === undefined) return;
    const pattern = ecmaScriptPattern(written);
    if (pattern === undefined) warn("pattern", invalidPattern(written), pointer);
    else converted["pattern"] = pattern;
  };

  return convert;
}

function invalidPattern(pattern: string): string {
  return `the pattern ${pattern} is no regular expression of ECMAScript and is not checked.`;
}

/** The pattern as it is valid with the flag `u`; unneeded backslashes are not, and mean nothing. */
function ecmaScriptPattern(pattern: string): string | undefined {
  const withoutEscapes = pattern.replaceAll(/\\(.)/gsu, (escape, character: string) =>
    /[\w^$\\.*+?()[\]{}|/]/.test(character) || character === "-" ? escape : character,
  );
  const candidates = [pattern, withoutEscapes, withoutEscapes.replaceAll(String.raw`\-`, "-")];
  return candidates.find((candidate) => {
    try {
      new RegExp(candidate, "u");
      return true;
    } catch {
      return false;
    }
  });
}

/** OpenAPI 3.0 has `nullable`, and exclusive bounds as booleans. */
function upgrade(converted: JsonObject, { nullable }: JsonObject): JsonObject {
  for (const [bound, exclusive] of [
    ["maximum", "exclusiveMaximum"],
    ["minimum", "exclusiveMinimum"],
  ] as const) {
    if (typeof converted[exclusive] !== "boolean") continue;
    if (converted[exclusive]) {
      converted[exclusive] = converted[bound];
      delete converted[bound];
    } else delete converted[exclusive];
  }
  if (nullable !== true) return converted;
  const { type, enum: values } = converted;
  if (typeof type !== "string") return { anyOf: [{ type: "null" }, converted] };
  return {
    ...converted,
    type: [type, "null"],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}
