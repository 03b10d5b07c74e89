const maxLevels = 500;

/**
 * A JSON value as CEL knows it.
 *
 * - Objects become Maps: a property named `constructor` is data like any other, and two objects are equal whatever the order
 *   of their keys.
 * - Numbers that are whole and fit into 64 bits become ints, all others doubles, so that `self.count + 1` has the types CEL
 *   asks for. Ints and doubles compare by value.
 * - A property that is `undefined` is absent.
 *
 * @throws RangeError if it is nested so deeply that comparing it could exhaust the stack.
 */
export function toCelValue(value: unknown, levelsLeft: number = maxLevels): unknown {
  if (typeof value === "number") return toCelNumber(value);
  if (typeof value !== "object" || value === null) return value;
  if (levelsLeft === 0) throw new RangeError(`nested deeper than ${maxLevels} levels`);
  if (Array.isArray(value)) return value.map((item) => toCelValue(item, levelsLeft - 1));
  const map = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) map.set(key, toCelValue(member, levelsLeft - 1));
  }
  return map;
}

const int64Limit = 2 ** 63;

function toCelNumber(value: number): bigint | number {
  const fitsInt64 = value >= -int64Limit && value < int64Limit;
  return Number.isInteger(value) && fitsInt64 ? BigInt(value) : value;
}

/** The library's errors carry a `summary` beside a message that draws the source on several lines. */
export function describeCelError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "summary" in error && typeof error.summary === "string" ? error.summary : error.message;
}
