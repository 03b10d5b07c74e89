import type { Direction } from "@qontext/sync-log-document";
import type ts from "typescript";
import type { Bump, Change } from "../release-plan.ts";
import type { Effect } from "../wire/effect.ts";

/** What a comparison of types knows at the place it has come to, and where it reports what a consumer would notice. */
export interface TypeComparison {
  readonly checker: ts.TypeChecker;
  /** A consumer writes what goes into a request, and reads what comes in a response. */
  readonly direction: Direction;
  readonly where: string;
  readonly changes: Change[];
  /** For each type of the base, the types of the revision it was compared with, and in which direction. */
  readonly seen: Map<ts.Type, Map<ts.Type, Set<Direction>>>;
  /** How many unions deep the comparison is: types may contain themselves. */
  readonly depth: number;
}

/** Notes that two types are compared in this direction; false if they already were. */
export function markSeen(base: ts.Type, revision: ts.Type, at: TypeComparison): boolean {
  const partners = at.seen.get(base) ?? new Map<ts.Type, Set<Direction>>();
  const directions = partners.get(revision) ?? new Set();
  if (directions.has(at.direction)) return false;
  at.seen.set(base, partners.set(revision, directions.add(at.direction)));
  return true;
}

/** Reports a change at the place of the comparison, or at `where`. */
export function report(
  at: TypeComparison,
  bump: Bump,
  id: string,
  why: string,
  where: string = at.where,
): void {
  at.changes.push({ id: `types-${id}`, bump, where, why, source: "types" });
}

/** Reports a change of what a consumer reads or writes, by whether fewer or more types fit. */
export function reportFit(
  at: TypeComparison,
  effect: Exclude<Effect, "annotation">,
  id: string,
  what: string,
): void {
  const [safe, verb] = at.direction === "request" ? ["widened", "passes"] : ["narrowed", "reads"];
  const isSafe = effect === safe;
  const consequence = isSafe
    ? "code that compiled still does"
    : `code that ${verb} it may no longer compile`;
  report(at, isSafe ? "minor" : "major", `${at.direction}-${id}`, `${what}: ${consequence}`);
}
