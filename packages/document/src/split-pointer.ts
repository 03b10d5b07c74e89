/**
 * The reference tokens of a JSON pointer in its form as a string, unescaped (RFC 6901, sections 4 and 5). The pointer is empty
 * or begins with a slash.
 */
export function splitPointer(pointer: string): readonly string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
