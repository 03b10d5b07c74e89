import type { Bump } from "./bump.ts";
import { compareBumps } from "./bump.ts";

/** Which of the three comparisons saw a change. */
export type ChangeSource = "wire" | "types" | "generator";

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
  readonly source: ChangeSource;
}

/** Each change that needs a release once, the greatest bump first. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  const unique = new Map(changes.map((change) => [JSON.stringify(change), change]));
  const needed = [...unique.values()].filter(({ bump }) => bump !== "none");
  return needed.toSorted(
    (a, b) =>
      compareBumps(b.bump, a.bump) || a.where.localeCompare(b.where) || a.id.localeCompare(b.id),
  );
}
