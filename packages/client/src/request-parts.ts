import { refuseNamed } from "./refuse.ts";
import { delimited, exploded, isAbsent, joined } from "./request-styles.ts";

// What the generated requests are put together with: the path, the query and the headers.

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

/** Parameters by their names as they are sent. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/**
 * The query of a URL with its question mark, or nothing.
 *
 * @param values - Parameters of OpenAPI's default for a query: `form`, with a pair for each item of an array.
 * @param others - The pairs of parameters in another style; those that are empty are left out.
 * @throws InvalidParameterError where a required one is missing.
 */
export function searchOf(
  values: ParameterValues,
  required?: readonly string[],
  others: readonly string[] = [],
): string {
  const pairs = givenOf(values, required).map(([name, value]) => exploded(name, value));
  const search = [...pairs, ...others].filter((pair) => pair !== "").join("&");
  return search === "" ? "" : `?${search}`;
}

/**
 * A path parameter that is not a plain id: a number, an array or an object, in the style `simple`, `label` or `matrix`.
 *
 * @throws InvalidParameterError as {@link encodePathParameter} does, for what would be an empty segment, too.
 */
export function encodePathValue(
  name: string,
  value: unknown,
  style: "simple" | "label" | "matrix" = "simple",
  isExploded = false,
): string {
  if (isAbsent(value)) refuseNamed(name, "is missing");
  const encode = (text: string): string => encodePathParameter(name, text);
  const isObject = typeof value === "object" && !Array.isArray(value);
  const key = encodeURIComponent(name);
  if (style === "simple") return notEmpty(name, joined(value, ",", { isExploded, encode }));
  const start = style === "label" ? "." : ";";
  if (style === "matrix" && isExploded && Array.isArray(value)) {
    const items = value.map((item: unknown) => `;${key}=${joined(item, ",", { encode })}`);
    return notEmpty(name, items.join(""));
  }
  const text = notEmpty(name, joined(value, isExploded ? start : ",", { isExploded, encode }));
  return style === "label" || (isObject && isExploded) ? `${start}${text}` : `;${key}=${text}`;
}

function notEmpty(name: string, text: string): string {
  return text === "" ? refuseNamed(name, "is empty") : text;
}

/**
 * Header parameters, with names in lower case, in the only style of headers: `simple`.
 *
 * @param explodedNames - Those whose objects are written as `key=value`.
 * @throws InvalidParameterError where a required one is missing.
 */
export function headersOf(
  values: ParameterValues,
  required?: readonly string[],
  explodedNames?: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    givenOf(values, required).map(([name, value]) => [
      name.toLowerCase(),
      joined(value, ",", { isExploded: explodedNames?.includes(name) === true }),
    ]),
  );
}

/**
 * Cookie parameters, as the header that has them all; browsers do not let a page set it. Each item of an array and each member of
 * an object is a cookie: OpenAPI's own `form` would separate them by `&`, which no server takes apart.
 *
 * @param joinedNames - Those without `explode`, whose items are in one cookie.
 * @throws InvalidParameterError where a required one is missing.
 */
export function cookiesOf(
  values: ParameterValues,
  required?: readonly string[],
  joinedNames?: readonly string[],
): Record<string, string> {
  const cookies = givenOf(values, required).map(([name, value]) =>
    joinedNames?.includes(name) === true
      ? delimited(name, value, ",")
      : exploded(name, value).replaceAll("&", "; "),
  );
  const cookie = cookies.filter((pair) => pair !== "").join("; ");
  return cookie === "" ? {} : { cookie };
}

/** A parameter that has to be there. @throws InvalidParameterError */
export function given<Value>(name: string, value: Value): Value {
  return isAbsent(value) ? refuseNamed(name, "is missing") : value;
}

function givenOf(values: ParameterValues, required: readonly string[] = []): [string, unknown][] {
  for (const name of required) given(name, values[name]);
  return Object.entries(values).filter(([, value]) => !isAbsent(value));
}
