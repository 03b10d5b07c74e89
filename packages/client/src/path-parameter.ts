import { refuse } from "./refuse.ts";

const maxLength = 256;
/** What no real id has: something that may have to be encoded or refused. */
const unusual = /[^\w-]/;

/**
 * A path parameter as it goes into the URL. What would name another resource when it is put into a
 * path is refused: nothing at all, `.` and `..`, which URLs resolve even when they are encoded.
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
  return refuse(name, `The parameter \`${name}\` ${why}: pass the id as the service gave it.`);
}
