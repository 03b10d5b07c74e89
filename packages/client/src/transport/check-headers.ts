import { refuse, refuseNamed } from "../refuse.ts";

/** Headers for requests: an object, or pairs such as a `Headers` or a `Map` has. */
export type RequestHeaders =
  | Readonly<Record<string, string | undefined>>
  | Iterable<readonly [string, string]>;

const namePattern = /^[!#$%&'*+.^_`|~\w-]+$/;
// What a header's value may hold (RFC 9110, section 5.5), of what `fetch` can send.
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Refuses headers that can't be sent or would split the request.
 *
 * @throws InvalidParameterError that names the header, never its value.
 */
export function checkHeaders(headers: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === "x-api-key") {
      refuseHeader(name, "is the client's own: pass the key as `apiKey`");
    }
    if (!namePattern.test(name)) refuseHeader(name, "has a name that can't be sent");
    if (typeof value !== "string" || !valuePattern.test(value)) {
      refuseHeader(name, "has a value that can't be sent");
    }
  }
}

/** The headers with names in lower case, those without a value left out. @throws InvalidParameterError */
export function normalizeHeaders(headers: RequestHeaders | undefined): Record<string, string> {
  if (headers === undefined) return {};
  if (Object(headers) !== headers) {
    refuseNamed("headers", "has to be an object or pairs");
  }
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  const normalized: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (value !== undefined) normalized[name.toLowerCase()] = value;
  }
  checkHeaders(normalized);
  return normalized;
}

function refuseHeader(name: string, why: string): never {
  return refuse("headers", `The header ${JSON.stringify(name)} ${why}.`);
}
