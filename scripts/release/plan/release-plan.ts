import type { Bump } from "../bump.ts";
import { greatestBump } from "../bump.ts";
import type { Change } from "../change.ts";
import { sortChanges } from "../change.ts";

/** Every change between two versions, and the bump that all of them need. */
export interface ReleasePlan {
  readonly bump: Bump;
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
  const changes = sortChanges(found);
  return { bump: greatestBump(changes), changes, compared, notes };
}
