import type { BrokenRule } from "../errors.ts";
import type { JsonObject, JsonValue } from "../spec/json.ts";

/**
 * Adds to an example the fields that it leaves out but its schema has an example value for, so that a field may be added to a
 * schema alone. An optional field is only added where no rule breaks by it, and never a date, which says that something has
 * happened.
 *
 * @returns `undefined` when the example breaks a rule all the same.
 */
export function completeFields(
  example: JsonObject,
  properties: ReadonlyMap<string, JsonObject>,
  schema: JsonObject,
  check: (body: JsonObject) => readonly BrokenRule[],
): JsonObject | undefined {
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const missing = [...properties].flatMap(([name, property]) => {
    const value = exampleOf(property);
    return Object.hasOwn(example, name) || value === undefined ? [] : [{ name, property, value }];
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

function exampleOf(property: JsonObject): JsonValue | undefined {
  const { examples } = property;
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  return property["example"] ?? property["default"] ?? property["const"];
}
