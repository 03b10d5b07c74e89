import { refuseNamed } from "./refuse.ts";
import type { OutgoingRequest } from "./transport/transport.ts";

// What the generated requests are put together with.

const maxLength = 256;
/** What no real id has: something that may have to be encoded or refused. */
const unusual = /[^\w-]/;

/**
 * A path parameter as it goes into the URL. What would name another resource when it is put into a
 * path is refused: an empty string, `.` and `..`, which URLs resolve even when they are encoded.
 *
 * @throws InvalidParameterError
 */
export function encodePathParameter(name: string, value: unknown): string {
  if (typeof value !== "string") refuseId(name, "is not a string");
  if (value === "") refuseId(name, "is empty");
  if (value.length > maxLength) refuseId(name, `is longer than ${maxLength} characters`);
  if (!unusual.test(value)) return value;
  if (value === "." || value === "..") refuseId(name, "is a path, not an id");
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\0-\x1f\x7f-\x9f]/.test(value)) refuseId(name, "has a control character");
  try {
    return encodeURIComponent(value);
  } catch {
    return refuseId(name, "is not well-formed Unicode");
  }
}

function refuseId(name: string, why: string): never {
  return refuseNamed(name, `${why}: pass the id as the service gave it`);
}

/** Parameters by their names as the document has them. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/**
 * The query of a URL with its question mark, or nothing: OpenAPI's default for query parameters,
 * `form`, with a pair for each item of an array.
 *
 * @throws InvalidParameterError where a required one is missing.
 */
export function searchOf(values: ParameterValues, required?: readonly string[]): string {
  const pairs = givenOf(values, required).flatMap(([name, value]) =>
    [value].flat().map((item) => `${name}=${encodeURIComponent(String(item))}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/**
 * Header parameters, with names in lower case.
 *
 * @throws InvalidParameterError where a required one is missing.
 */
export function headersOf(
  values: ParameterValues,
  required?: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    givenOf(values, required).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** The request with a body of JSON, where there is one. */
export function withJson(request: OutgoingRequest, body: unknown): OutgoingRequest {
  if (body === undefined) return request;
  const headers = { ...request.headers, "content-type": "application/json" };
  return { ...request, headers, body: JSON.stringify(body) };
}

function givenOf(values: ParameterValues, required: readonly string[] = []): [string, unknown][] {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  const missing = required.find((name) => !given.some(([known]) => known === name));
  if (missing !== undefined) refuseNamed(missing, "is missing");
  return given;
}
