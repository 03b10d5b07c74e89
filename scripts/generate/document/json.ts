/** An object of a parsed JSON or YAML document. */
export type JsonObject = { [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object whose values are objects themselves; none if it is no object. */
export function objectEntries(value: unknown): readonly (readonly [string, JsonObject])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonObject] =>
    isJsonObject(entry[1]),
  );
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
