import { refuse } from "./refuse.ts";
import type { OutgoingRequest } from "./transport/transport.ts";

// What the generated requests are put together with.
export { encodePathParameter } from "./path-parameter.ts";

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
  if (missing !== undefined) refuse(missing, `The parameter \`${missing}\` is missing.`);
  return given;
}
