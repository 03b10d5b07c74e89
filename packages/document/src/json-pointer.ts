import { DocumentError } from "./document-error.ts";
import { isJsonObject } from "./json.ts";
import { splitPointer } from "./split-pointer.ts";

/**
 * A JSON pointer (RFC 6901), in either of its two forms: as a string (section 5: `/paths/~1a`, empty for the whole), or as the
 * fragment of a URI (section 6: `#/paths/~1a`, `#` for the whole), in which `%` begins an encoded octet. Places in a document
 * are written as fragments, as `$ref` has them; places in a body as strings.
 */
export type JsonPointer = string;

/** The pointer to a member of what `pointer` points at, in the same form. */
export function appendPointer(
  pointer: JsonPointer,
  ...tokens: readonly (string | number)[]
): JsonPointer {
  let appended = pointer;
  for (const token of tokens) appended += `/${escapeToken(String(token), pointer)}`;
  return appended;
}

function escapeToken(token: string, pointer: JsonPointer): string {
  // Documents have hundreds of thousands of places, and next to no name with such a character.
  if (!/[~/%]/.test(token)) return token;
  const text = token.replaceAll("~", "~0").replaceAll("/", "~1");
  return pointer.startsWith("#") ? text.replaceAll("%", "%25") : text;
}

/**
 * The reference tokens of a pointer, unescaped. A fragment is percent-decoded first and split afterwards (section 6), so
 * `#/a%2Fb` has two tokens.
 *
 * @throws DocumentError `invalid_pointer` for a fragment that cannot be decoded, or a pointer that does not begin with a slash, or has
 *   a `~` before anything but 0 or 1 (section 3).
 */
export function pointerTokens(pointer: JsonPointer): readonly string[] {
  const path = pointer.startsWith("#") ? decodeFragment(pointer) : pointer;
  if ((path !== "" && !path.startsWith("/")) || /~(?![01])/.test(path)) {
    throw new DocumentError("invalid_pointer", `${JSON.stringify(pointer)} is not a JSON pointer.`);
  }
  return splitPointer(path);
}

/**
 * A pointer into a document as {@link appendPointer} writes it. The same place may be encoded in several ways; comparing pointers
 * needs one.
 *
 * @throws DocumentError `invalid_pointer` as {@link pointerTokens} does.
 */
export function canonicalPointer(pointer: JsonPointer): JsonPointer {
  const tokens = pointerTokens(pointer);
  return pointer.startsWith("#") && !pointer.includes("%")
    ? pointer
    : appendPointer("#", ...tokens);
}

/**
 * What a pointer points at; undefined if there is nothing. Array elements are named by their index without leading zeros
 * (section 4); members that an object inherits are not its members.
 *
 * @throws DocumentError `invalid_pointer` as {@link pointerTokens} does.
 */
export function valueAt(root: unknown, pointer: JsonPointer): unknown {
  let value = root;
  for (const token of pointerTokens(pointer)) {
    if (Array.isArray(value))
      value = /^(?:0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else if (isJsonObject(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

function decodeFragment(pointer: JsonPointer): string {
  if (!pointer.includes("%")) return pointer.slice(1);
  try {
    return decodeURIComponent(pointer.slice(1));
  } catch (cause) {
    const problem = `${JSON.stringify(pointer)} has a % that begins no encoded character; write %25 for the sign itself.`;
    throw new DocumentError("invalid_pointer", problem, { cause });
  }
}
