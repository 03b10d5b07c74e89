/**
 * A copy of headers of any kind: of another `Headers` class, an object or pairs.
 *
 * A `Headers` holds a character for each byte that was sent. undici 6 and mocks have characters of
 * UTF-8, which it refuses: they become the bytes that they were.
 */
export function copyHeaders(headers: unknown): Headers {
  const copy = new Headers();
  const source = Object(headers);
  const pairs: Iterable<[string, unknown]> =
    Symbol.iterator in source ? source : Object.entries(source);
  for (const [name, value] of pairs) {
    try {
      if (typeof value !== "function") copy.append(name, toBytes(String(value)));
    } catch {
      // No header that a server could send.
    }
  }
  return copy;
}

/** Another `fetch`, and most of all a mock, may have headers of any kind; the names in a `Map` have a case. */
export function readableHeaders(headers: Headers): Headers {
  const isReadable = typeof headers?.get === "function" && !(headers instanceof Map);
  return isReadable ? headers : copyHeaders(headers);
}

function toBytes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- all characters that are a byte
  if (/^[\0-\xff]*$/.test(text)) return text;
  return String.fromCodePoint(...new TextEncoder().encode(text));
}
