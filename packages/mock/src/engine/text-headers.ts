/**
 * Headers as Prism gives them, with names in lower case. Prism's types promise texts, but there are numbers, and null for a
 * header without an example, which is left out.
 */
export function textHeaders(
  headers: Readonly<Record<string, unknown>> | undefined,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value === "string" || typeof value === "number") {
      texts[name.toLowerCase()] = String(value);
    }
  }
  return texts;
}
