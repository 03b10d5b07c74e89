import { isJsonObject } from "./json.ts";

/** `#/paths/~1a` + `get` → `#/paths/~1a/get`. */
export function joinPointer(pointer: string, ...keys: readonly (string | number)[]): string {
  const tokens = keys.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1"));
  return [pointer, ...tokens].join("/");
}

/** The keys of a pointer such as `#/paths/~1a/get`, percent-encoding undone (RFC 6901, section 6). */
export function pointerKeys(pointer: string): readonly string[] {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map((token) => decodeKey(token).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a pointer leads to; `undefined` if it leads to nothing. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of pointerKeys(pointer)) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

function decodeKey(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
