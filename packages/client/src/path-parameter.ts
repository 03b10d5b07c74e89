import { InvalidParameterError } from "./errors/request-errors.ts";

const maxLength = 256;
/** Nothing to encode and nothing to refuse: what every real id looks like. */
const plainId = /^[\w-]{1,256}$/;

/**
 * A path parameter as it goes into the URL. What would name another resource when it is put into a
 * path is refused: nothing at all, `.` and `..`, which URLs resolve even when they are encoded.
 *
 * @throws InvalidParameterError
 */
export function encodePathParameter(name: string, value: unknown): string {
  if (typeof value === "string" && plainId.test(value)) return value;
  if (typeof value !== "string") refuse(name, `is not a string but ${typeof value}`);
  if (value === "") refuse(name, "is empty");
  if (value === "." || value === "..") refuse(name, `is ${JSON.stringify(value)}, not an id`);
  if (value.length > maxLength) refuse(name, `is longer than ${maxLength} characters`);
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  if (/[\0-\x1f\x7f-\x9f]/.test(value)) refuse(name, "has a control character in it");
  try {
    return encodeURIComponent(value);
  } catch {
    return refuse(name, "is not well-formed Unicode");
  }
}

function refuse(name: string, why: string): never {
  throw new InvalidParameterError(
    `The parameter \`${name}\` ${why}. No request was sent: pass the id as the service gave it.`,
    { parameter: name },
  );
}
