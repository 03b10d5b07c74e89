import { RuleBookError } from "./rule-book-error.ts";

/** A JSON object of a document. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of a document and where it stands, as a JSON pointer that starts with `#`. */
export interface Located {
  readonly node: JsonObject;
  readonly pointer: string;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A pointer with one more segment, escaped as RFC 6901 says. */
export function joinPointer(pointer: string, segment: string | number): string {
  return `${pointer}/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The members of an object that are objects themselves, each with its key; none if `value` is no object. */
export function objectMembers(
  value: unknown,
  pointer: string,
): readonly (readonly [string, Located])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, node]) =>
    isJsonObject(node) ? [[key, { node, pointer: joinPointer(pointer, key) }] as const] : [],
  );
}

/**
 * What the `$ref` of an object names; the object itself if it has none.
 *
 * @throws {@link RuleBookError} if the reference leads out of the document or to nothing.
 */
export function followReference(document: JsonObject, from: Located): Located {
  const reference = from.node["$ref"];
  if (typeof reference !== "string") return from;
  const node = reference.startsWith("#") ? findByPointer(document, reference) : undefined;
  if (node !== undefined) return { node, pointer: reference };
  const problem = `the $ref "${reference}" leads to nothing in this document; bundle it into one first.`;
  throw new RuleBookError("UNRESOLVED_REFERENCE", from.pointer, problem);
}

/**
 * Follows `$ref` after `$ref` to an object without one.
 *
 * @throws {@link RuleBookError} if a reference leads out of the document, to nothing, or in a circle.
 */
export function resolveReference(document: JsonObject, start: Located): Located {
  const seen = new Set<JsonObject>();
  let current = start;
  while (typeof current.node["$ref"] === "string") {
    if (seen.has(current.node)) {
      const problem = `the $ref "${current.node["$ref"]}" leads back to itself.`;
      throw new RuleBookError("UNRESOLVED_REFERENCE", start.pointer, problem);
    }
    seen.add(current.node);
    current = followReference(document, current);
  }
  return current;
}

function findByPointer(document: JsonObject, pointer: string): JsonObject | undefined {
  let value: unknown = document;
  for (const part of pointer.split("/").slice(1)) {
    const segment = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) {
      return undefined;
    }
    value = Reflect.get(value, segment);
  }
  return isJsonObject(value) ? value : undefined;
}
