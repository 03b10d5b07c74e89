import { isObject } from "./json.ts";

/** The unescaped segments of a JSON pointer such as `#/paths/~1a/get` (RFC 6901, section 4). */
export function pointerSegments(pointer: string): readonly string[] {
  return pointer
    .replace(/^[^#]*#?\/?/u, "")
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The last segment of a local reference: the name of the component. */
export function referenceName(reference: string): string {
  return pointerSegments(reference).at(-1) ?? "";
}

/** The value behind an object that may be a local `$ref`; the object itself when it is none. */
export function resolveReference(document: unknown, value: unknown, depth = 0): unknown {
  const reference = isObject(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string" || !reference.startsWith("#") || depth > 20) return value;
  return resolveReference(document, valueAt(document, pointerSegments(reference)), depth + 1);
}

/** The value at a pointer, following references on the way; undefined where there is none. */
export function valueAt(document: unknown, segments: readonly string[]): unknown {
  let value: unknown = document;
  for (const segment of segments) {
    if (segment === "$ref") {
      value = resolveReference(document, value);
      continue;
    }
    let holder = value;
    if (!hasKey(holder, segment)) holder = resolveReference(document, holder);
    value = hasKey(holder, segment) ? holder[segment] : undefined;
  }
  return value;
}

function hasKey(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
