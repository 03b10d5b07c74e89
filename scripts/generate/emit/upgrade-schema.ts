import type { JsonObject } from "../document/json.ts";

const bounds = [
  ["maximum", "exclusiveMaximum"],
  ["minimum", "exclusiveMinimum"],
] as const;

/** A schema object of OpenAPI 3.0 in JSON Schema 2020-12: exclusive bounds were booleans, and null was an attribute. */
export function upgradeSchema(schema: JsonObject, isNullable: boolean): JsonObject {
  const upgraded = { ...schema };
  for (const [bound, exclusive] of bounds) {
    const isExclusive = upgraded[exclusive];
    if (typeof isExclusive !== "boolean") continue;
    delete upgraded[exclusive];
    if (!isExclusive || upgraded[bound] === undefined) continue;
    upgraded[exclusive] = upgraded[bound];
    delete upgraded[bound];
  }
  if (!isNullable) return upgraded;
  const { type, enum: values } = upgraded;
  if (typeof type !== "string") return { anyOf: [{ type: "null" }, upgraded] };
  // By the letter an enum without null does not allow it; those who write nullable beside one mean that it does.
  const isListed = !Array.isArray(values) || values.includes(null);
  return { ...upgraded, type: [type, "null"], ...(isListed ? {} : { enum: [...values, null] }) };
}
