/** Anything that JSON can hold, as the OpenAPI document is read here. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a path of keys, or an error that names the path: the site must not be built with a part missing. */
export function objectAt(root: JsonObject, ...keys: readonly string[]): JsonObject {
  let current: Json | undefined = root;
  for (const key of keys) current = isJsonObject(current) ? current[key] : undefined;
  if (!isJsonObject(current)) {
    throw new Error(`The OpenAPI document has no object at ${keys.join(" → ")}.`);
  }
  return current;
}
