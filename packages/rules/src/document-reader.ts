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
 * Follows the `$ref` of an object to what it names, as often as it takes.
 *
 * @throws {@link RuleBookError} if a reference leads out of the document, to nothing, or in a circle.
 */
export function resolveReference(document: JsonObject, start: Located): Located {
  const seen = new Set<string>();
  let current = start;
  while (typeof current.node["$ref"] === "string") {
    const reference = current.node["$ref"];
    const target = reference.startsWith("#") ? findByPointer(document, reference) : undefined;
    if (target === undefined || seen.has(reference)) {
      const problem = `the $ref "${reference}" leads to nothing in this document; bundle it into one first.`;
      throw new RuleBookError("UNRESOLVED_REFERENCE", current.pointer, problem);
    }
    seen.add(reference);
    current = { node: target, pointer: reference };
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
