import { isRecord } from "../check-options.ts";
import { refuse, refuseNamed } from "../refuse.ts";
import { redactThrown, type Redactor } from "../secrets/redactor.ts";

/** Headers for requests: an object, or pairs such as a `Headers` or a `Map` has. */
export type RequestHeaders =
  | Readonly<Record<string, string | undefined>>
  | Headers
  | Iterable<readonly [string, string]>;

const namePattern = /^[!#$%&'*+.^_`|~\w-]+$/;
// What a header's value may hold (RFC 9110, section 5.5), of what `fetch` can send.
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Refuses headers that can't be sent or would split the request.
 *
 * @throws InvalidParameterError that names the header, never its value.
 */
export function checkHeaders(
  headers: Readonly<Record<string, unknown>>,
): asserts headers is Readonly<Record<string, string>> {
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
export function normalizeHeaders(
  headers: RequestHeaders | undefined,
  redactor: Redactor,
): Record<string, string> {
  if (headers === undefined) return {};
  const isIterable = typeof headers === "object" && headers !== null && Symbol.iterator in headers;
  if (!isIterable && !isRecord(headers)) refusePairs();
  const pairs: Iterable<readonly unknown[]> = isIterable ? headers : Object.entries(headers);
  const normalized: Record<string, unknown> = {};
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) refusePairs();
    const [name, value]: readonly unknown[] = pair;
    if (typeof name !== "string") refusePairs();
    if (value !== undefined) normalized[name.toLowerCase()] = value;
  }
  return redactThrown(redactor, () => {
    checkHeaders(normalized);
    return normalized;
  });
}

function refusePairs(): never {
  return refuseNamed("headers", "has to be an object or pairs of a name and a value");
}

function refuseHeader(name: string, why: string): never {
  return refuse("headers", `The header ${JSON.stringify(name)} ${why}.`);
}
