import type { Bump } from "./bump.ts";

/** Which of the three comparisons saw a change. */
export type ChangeSource = "wire" | "types" | "generator";

/** One difference between two versions, with the bump it needs and the reason. */
export interface Change {
  /** What kind of change this is, such as `response-enum-value-added`. */
  readonly id: string;
  readonly bump: Exclude<Bump, "none">;
  /** The place, in words a reader of the document knows. */
  readonly where: string;
  /** What changed, and what that does to a consumer. */
  readonly why: string;
  readonly source: ChangeSource;
}

const rank = { major: 0, minor: 1, patch: 2 } as const;

/** Each change once, the greatest bump first. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  const unique = new Map(changes.map((change) => [JSON.stringify(change), change]));
  return [...unique.values()].toSorted(
    (a, b) =>
      rank[a.bump] - rank[b.bump] || a.where.localeCompare(b.where) || a.id.localeCompare(b.id),
  );
}
