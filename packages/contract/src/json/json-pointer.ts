/** A JSON pointer (RFC 6901) from its reference tokens. */
export function jsonPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The reference tokens of a JSON pointer, also of one written as a fragment (`#/a%20b`). */
export function pointerTokens(pointer: string): readonly string[] {
  const isFragment = pointer.startsWith("#");
  const path = isFragment ? decodeURIComponent(pointer.slice(1)) : pointer;
  if (path === "") return [];
  return path
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a pointer points at; undefined if there is nothing. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(value)) value = value[Number(token)];
    else if (isJsonObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

/** Whether a JSON value is an object, and neither null nor an array. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
