import { InvalidParameterError } from "./errors/request-errors.ts";

/** Refuses an option or a parameter. @throws InvalidParameterError always */
export function refuse(parameter: string, message: string, cause?: unknown): never {
  throw new InvalidParameterError(message, { parameter, cause });
}

/** Refuses an option or a parameter, whose name the message begins with. @throws InvalidParameterError always */
export function refuseNamed(name: string, why: string, cause?: unknown): never {
  return refuse(name, `\`${name}\` ${why}.`, cause);
}

/** The value of an option that is a number of `least` or more. @throws InvalidParameterError */
export function checkNumber(name: string, value: unknown, least = 0): number {
  if (typeof value === "number" && value >= least) return value;
  return refuseNamed(name, `has to be a number of ${least} or more`);
}
