const bumps = ["none", "patch", "minor", "major"] as const;

/** Which part of the version a release must raise. */
export type Bump = (typeof bumps)[number];

/** Negative if the first is less than the second. */
export function compareBumps(one: Bump, other: Bump): number {
  return bumps.indexOf(one) - bumps.indexOf(other);
}

/** The greater of two bumps. */
export function greaterBump(one: Bump, other: Bump): Bump {
  return compareBumps(one, other) >= 0 ? one : other;
}

/** The greatest bump that a list of changes needs; `none` for an empty list. */
export function greatestBump(changes: readonly { readonly bump: Bump }[]): Bump {
  return changes.reduce<Bump>((greatest, { bump }) => greaterBump(greatest, bump), "none");
}

export function isBump(value: unknown): value is Bump {
  return bumps.some((bump) => bump === value);
}

/** One difference between two versions, with the bump it needs and the reason. */
export interface Change {
  /** What kind of change this is, such as `response-enum-value-added`. */
  readonly id: string;
  /** The least that a release must be; a plan does not list a change that needs none. */
  readonly bump: Bump;
  /** The place, in words a reader of the document knows. */
  readonly where: string;
  /** What changed, and what that does to a consumer. */
  readonly why: string;
  /** Which of the three comparisons saw it. */
  readonly source: "wire" | "types" | "generator";
}

/** Every change between two versions, and the bump that all of them need. */
export interface ReleasePlan {
  readonly bump: Bump;
  /** Each change that needs a release once, the greatest bump first. */
  readonly changes: readonly Change[];
  /** What was compared with what. */
  readonly compared: { readonly base: string; readonly revision: string };
  /** What could not be compared, and why. */
  readonly notes: readonly string[];
}

export function createReleasePlan(
  compared: ReleasePlan["compared"],
  found: readonly Change[],
  notes: readonly string[],
): ReleasePlan {
  const unique = new Map(found.map((change) => [JSON.stringify(change), change]));
  const needed = [...unique.values()].filter(({ bump }) => bump !== "none");
  const changes = needed.toSorted(
    (a, b) =>
      compareBumps(b.bump, a.bump) || a.where.localeCompare(b.where) || a.id.localeCompare(b.id),
  );
  return { bump: greatestBump(changes), changes, compared, notes };
}
