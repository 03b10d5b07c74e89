import type { JsonObject } from "@qontext/sync-log-document";
import { canonicalJson } from "../../generate/emit/emit-version.ts";

/** The types of JSON Schema; every integer is a number, too. */
export const everyType: ReadonlySet<string> = new Set(
  "null boolean object array string number integer".split(" "),
);

/** The types that a schema's own keywords admit; OpenAPI 3.0 has `nullable` for null. */
export function readTypes(value: JsonObject, is30: boolean): ReadonlySet<string> {
  const { type, nullable } = value;
  if (type === undefined) return everyType;
  const named = new Set((Array.isArray(type) ? type : [type]).map(String));
  if (named.has("number")) named.add("integer");
  if (is30 && nullable === true) named.add("null");
  return named;
}

/** The values that `enum` and `const` list, as JSON; undefined if there is neither. */
export function readValues(value: JsonObject, is30: boolean): ReadonlySet<string> | undefined {
  const { enum: listed, const: only, nullable } = value;
  const texts = Array.isArray(listed) ? listed.map((item) => canonicalJson(item)) : undefined;
  // Those who write nullable beside an enum mean that null is one of its values.
  if (texts && is30 && nullable === true) texts.push("null");
  if (only === undefined) return texts && new Set(texts);
  const text = canonicalJson(only);
  return new Set(texts && !texts.includes(text) ? [] : [text]);
}

/** The types of values that are given as JSON. */
export function typesOf(texts: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    const value: unknown = JSON.parse(text);
    if (value === null) found.add("null");
    else if (Array.isArray(value)) found.add("array");
    else if (typeof value === "number") found.add(Number.isInteger(value) ? "integer" : "number");
    else found.add(typeof value);
  }
  return found;
}

/** Every value that schemas of these types admit, as JSON; undefined for more than a few. */
export function valuesOf(types: ReadonlySet<string>): ReadonlySet<string> | undefined {
  if ([...types].some((type) => type !== "null" && type !== "boolean")) return undefined;
  return new Set([...types].flatMap((type) => (type === "null" ? ["null"] : ["true", "false"])));
}

/** What is in both sets. */
export function intersect(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): ReadonlySet<string> {
  return new Set([...one].filter((item) => other.has(item)));
}
