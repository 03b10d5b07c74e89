import { refuse } from "./refuse.ts";

/**
 * The value of an option that is a number of `least` or more; undefined stays undefined.
 *
 * @throws InvalidParameterError
 */
export function checkNumber<T extends number | undefined>(name: string, value: T, least = 0): T {
  if (value === undefined || (typeof value === "number" && value >= least)) return value;
  return refuse(name, `\`${name}\` has to be a number of ${least} or more.`);
}
