import { InvalidParameterError } from "./errors/request-errors.ts";

/** Refuses an option or a parameter. @throws InvalidParameterError always */
export function refuse(parameter: string, message: string, cause?: unknown): never {
  throw new InvalidParameterError(message, { parameter, cause });
}

/**
 * The value of an option that is a number of `least` or more; undefined stays undefined.
 *
 * @throws InvalidParameterError
 */
export function checkNumber<T extends number | undefined>(name: string, value: T, least = 0): T {
  if (value === undefined || (typeof value === "number" && value >= least)) return value;
  return refuse(name, `\`${name}\` has to be a number of ${least} or more.`);
}
