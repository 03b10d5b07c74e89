import { InvalidParameterError } from "./errors/request-errors.ts";

/** Refuses an option or a parameter. @throws InvalidParameterError always */
export function refuse(parameter: string, message: string, cause?: unknown): never {
  throw new InvalidParameterError(message, { parameter, cause });
}
