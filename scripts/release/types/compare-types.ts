import type ts from "typescript";
import type { Direction } from "@qontext/sync-log-document";
import { compareLiterals, compareNullish } from "./compare-literals.ts";
import { compareProperties } from "./compare-properties.ts";
import type { SurfaceReporter } from "./surface-reporter.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { isNever, isRecord, typeParts } from "./type-parts.ts";

const maxDepth = 4;

/**
 * Compares two types as a strict consumer meets them: it writes what goes into a request and reads what comes in a
 * response. Assignability alone would miss a property that is gone, since objects may have more than they need.
 */
export function compareTypes(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  comparison: TypeComparison,
): void {
  if (base === revision || !markSeen(base, revision, direction, comparison)) return;
  const before = typeParts(base);
  const after = typeParts(revision);
  compareNullish(before, after, direction, where, comparison.reporter);
  if (before.literals.size > 0 && after.literals.size > 0) {
    compareLiterals(before, after, direction, where, comparison.reporter);
    compareMembers(before.members, after.members, direction, where, comparison);
  } else {
    const literalsAppear = before.literals.size !== after.literals.size;
    if (literalsAppear) compareWhole(base, revision, direction, where, comparison);
    else compareMembers(before.members, after.members, direction, where, comparison);
  }
}

function markSeen(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  { seen }: TypeComparison,
): boolean {
  const partners = seen.get(base) ?? new Map<ts.Type, Set<Direction>>();
  const directions = partners.get(revision) ?? new Set();
  if (directions.has(direction)) return false;
  seen.set(base, partners.set(revision, directions.add(direction)));
  return true;
}

/** The members of two unions: equal ones cancel out, a remaining pair is compared, more are judged as a whole. */
function compareMembers(
  before: readonly ts.Type[],
  after: readonly ts.Type[],
  direction: Direction,
  where: string,
  comparison: TypeComparison,
): void {
  if (before.length === 1 && after.length === 1) {
    const [one] = before;
    const [other] = after;
    if (one && other) compareSingle(one, other, direction, where, comparison);
    return;
  }
  const same = (one: ts.Type, other: ts.Type): boolean => isSame(one, other, direction, comparison);
  const gone = before.filter((member) => !after.some((other) => same(member, other)));
  const come = after.filter((member) => !before.some((other) => same(other, member)));
  const [one, ...restOfGone] = gone;
  const [other, ...restOfCome] = come;
  if (one && other && restOfGone.length === 0 && restOfCome.length === 0) {
    compareSingle(one, other, direction, where, comparison);
    return;
  }
  if (gone.length === 0 && come.length === 0) return;
  const effect =
    gone.length > 0 && come.length > 0 ? "changed" : come.length > 0 ? "widened" : "narrowed";
  comparison.reporter.reportFit(effect, direction, {
    id: "alternative-changed",
    where,
    what: `the union has ${after.length} instead of ${before.length} alternatives`,
  });
}

/** Whether nothing would be reported between two types. */
function isSame(
  one: ts.Type,
  other: ts.Type,
  direction: Direction,
  comparison: TypeComparison,
): boolean {
  const { checker, depth } = comparison;
  if (one === other) return true;
  if (depth >= maxDepth)
    return checker.isTypeAssignableTo(one, other) && checker.isTypeAssignableTo(other, one);
  let differs = false;
  const found = (): void => {
    differs = true;
  };
  const reporter: SurfaceReporter = { changes: [], report: found, reportFit: found };
  const fresh = { ...comparison, reporter, seen: new Map(), depth: depth + 1 };
  compareTypes(one, other, direction, "", fresh);
  return !differs;
}

function compareSingle(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  comparison: TypeComparison,
): void {
  const { checker } = comparison;
  const recordLike = (type: ts.Type): boolean => isRecord(type, checker) || isNever(type);
  if (recordLike(base) && recordLike(revision)) {
    compareProperties(base, revision, direction, where, comparison);
    return;
  }
  if (checker.isArrayType(base) && checker.isArrayType(revision)) {
    const element = (type: ts.Type): ts.Type | undefined =>
      checker.getIndexInfosOfType(type)[0]?.type;
    const one = element(base);
    const other = element(revision);
    if (one && other) compareTypes(one, other, direction, `${where}[]`, comparison);
    return;
  }
  compareWhole(base, revision, direction, where, comparison);
}

function compareWhole(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  { checker, reporter }: TypeComparison,
): void {
  const isNarrower = checker.isTypeAssignableTo(revision, base);
  const isWider = checker.isTypeAssignableTo(base, revision);
  if (isNarrower && isWider) return;
  reporter.reportFit(isNarrower ? "narrowed" : isWider ? "widened" : "changed", direction, {
    id: "type-changed",
    where,
    what: `the type goes from ${checker.typeToString(base)} to ${checker.typeToString(revision)}`,
  });
}
