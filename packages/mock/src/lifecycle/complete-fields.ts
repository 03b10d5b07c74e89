import type { JsonObject, Located } from "@qontext/sync-log-document";
import type { BrokenRule } from "../errors.ts";

/**
 * Adds to an example the fields that it leaves out but its schema has an example value for, so that a field may be added to a
 * schema alone. An optional field is only added where it breaks no rule, and a date never is: it says that something has
 * happened.
 *
 * @returns `undefined` if the example breaks a rule all the same.
 */
export function completeFields(
  example: JsonObject,
  properties: ReadonlyMap<string, Located>,
  schema: JsonObject,
  check: (body: JsonObject) => readonly BrokenRule[],
): JsonObject | undefined {
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const missing = [...properties].flatMap(([name, { value: property }]) => {
    const value = schemaExample(property);
    const isKept = Object.hasOwn(example, name) || property["writeOnly"] === true;
    return isKept || value === undefined ? [] : [{ name, property, value }];
  });
  let body = example;
  for (const { name, value } of missing.filter((field) => required.has(field.name))) {
    body = { ...body, [name]: value };
  }
  if (check(body).length > 0) return undefined;
  for (const { name, property, value } of missing) {
    if (required.has(name) || property["format"] === "date-time") continue;
    const candidate = { ...body, [name]: value };
    if (check(candidate).length === 0) body = candidate;
  }
  return body;
}

/** A value that a schema shows or fixes. */
export function schemaExample({ examples, ...schema }: JsonObject): unknown {
  const [first]: readonly unknown[] = Array.isArray(examples) ? examples : [];
  return first ?? schema["example"] ?? schema["default"] ?? schema["const"];
}
