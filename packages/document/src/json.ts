/** A JSON object, as a parsed document or body has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object whose values are objects themselves; empty for anything else. */
export function objectMembers(value: unknown): readonly (readonly [string, JsonObject])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonObject] =>
    isJsonObject(entry[1]),
  );
}

/**
 * Whether a media type's content is one JSON text: `application/json`, `text/json` or a type with the suffix `+json`
 * (RFC 6839, section 3.1), with any parameters. A sequence of JSON texts (`application/json-seq`, `application/x-ndjson`) is not.
 */
export function isJsonMediaType(mediaType: string): boolean {
  return /^(?:application|text)\/json$|^[^/\s]+\/[^/\s]+\+json$/i.test(
    mediaType.replace(/;.*$/s, "").trim(),
  );
}
