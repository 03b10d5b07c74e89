import type { Direction } from "@qontext/sync-log-document";
import type ts from "typescript";
import type { Bump, Change } from "../release-plan.ts";
import type { Effect } from "../wire/effect.ts";

/** What a type is called, or where in an operation it stands. */
export interface NamedPlace {
  readonly where: string;
  /** Whether the place is an operation's, whose parts are told apart by commas, and not a name's. */
  readonly isInline: boolean;
}

/** What a comparison of types knows at the place it has come to, and where it reports what a consumer would notice. */
export interface TypeComparison {
  readonly checker: ts.TypeChecker;
  /** A consumer writes what goes into a request, and reads what comes in a response. */
  readonly direction: Direction;
  readonly where: string;
  readonly isInline?: boolean;
  /** Whether it is a part that may be left out, so that its being undefined is told already. */
  readonly mayBeAbsent?: boolean;
  readonly changes: Change[];
  /** For each type of the base, the types of the revision it was compared with, and in which direction. */
  readonly seen: Map<ts.Type, Map<ts.Type, Set<Direction>>>;
  /** The types that have a name or a place of their own, which is where their parts are. */
  readonly names: ReadonlyMap<ts.Type, NamedPlace>;
  /** The types whose directions the document's operations decide; whatever else mentions one adds none. */
  readonly decided: ReadonlySet<ts.Type>;
  /** The folder of the package that shows it. */
  readonly folder: string;
  /** How many unions deep the comparison is: types may contain themselves. */
  readonly depth: number;
}

/** The place of a part. */
export function within(at: TypeComparison, part: string): TypeComparison {
  const separator = part.startsWith("[") || at.where === "" ? "" : at.isInline ? ", " : ".";
  return { ...at, where: `${at.where}${separator}${part}`, isInline: false, mayBeAbsent: false };
}

/** Notes that two types are compared in this direction; false if they already were. */
export function markSeen(base: ts.Type, revision: ts.Type, at: TypeComparison): boolean {
  const partners = at.seen.get(base) ?? new Map<ts.Type, Set<Direction>>();
  const directions = partners.get(revision) ?? new Set();
  if (directions.has(at.direction)) return false;
  at.seen.set(base, partners.set(revision, directions.add(at.direction)));
  return true;
}

const consequences: Readonly<Record<Bump, string>> = {
  none: "",
  patch: "code that compiled still does",
  minor: "code that compiled still does",
  major: "code that uses it no longer compiles",
};

/** Reports a change at the place of the comparison. */
export function report(
  { changes, where, folder }: TypeComparison,
  bump: Bump,
  id: string,
  what: string,
  { why = consequences[bump], remedy }: { readonly why?: string; readonly remedy?: string } = {},
): void {
  changes.push({
    id: `types-${id}`,
    bump,
    where,
    what,
    why,
    remedy,
    source: "surface",
    packages: [folder],
  });
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
  const why = isSafe ? consequences.minor : `code that ${verb} it may no longer compile`;
  report(at, isSafe ? "minor" : "major", `${at.direction}-${id}`, what, { why });
}
