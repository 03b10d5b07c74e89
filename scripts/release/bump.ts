/** What a release must raise, from nothing to the first number of the version. */
export type Bump = "none" | "patch" | "minor" | "major";

const order: readonly Bump[] = ["none", "patch", "minor", "major"];

/** Negative if the first is less than the second. */
export function compareBumps(one: Bump, other: Bump): number {
  return order.indexOf(one) - order.indexOf(other);
}

/** The greater of two bumps. */
export function greaterBump(one: Bump, other: Bump): Bump {
  return compareBumps(one, other) >= 0 ? one : other;
}

/** Whether `actual` is at least `required`. */
export function isEnough(actual: Bump, required: Bump): boolean {
  return compareBumps(actual, required) >= 0;
}

/** The greatest bump that a list of changes needs; `none` for an empty list. */
export function greatestBump(changes: readonly { readonly bump: Bump }[]): Bump {
  return changes.reduce<Bump>((greatest, { bump }) => greaterBump(greatest, bump), "none");
}

export function isBump(value: unknown): value is Bump {
  return order.some((bump) => bump === value);
}
