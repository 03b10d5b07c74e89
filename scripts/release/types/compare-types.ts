import type ts from "typescript";
import { describeSets, effectOfSets } from "../wire/effect.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { markSeen, report, reportFit } from "./type-comparison.ts";
import type { TypeParts } from "./type-parts.ts";
import {
  isNever,
  isOptional,
  isRecord,
  isSame,
  presentProperties,
  typeParts,
} from "./type-parts.ts";

const maxDepth = 4;

/**
 * Compares two types as a strict consumer meets them: it writes what goes into a request and reads what comes in a
 * response. Assignability alone would miss a property that is gone, since objects may have more than they need.
 */
export function compareTypes(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  if (base === revision || !markSeen(base, revision, at)) return;
  const before = typeParts(base);
  const after = typeParts(revision);
  if (before.isNull !== after.isNull) {
    if (after.isNull) reportFit(at, "widened", "became-nullable", "the type admits null");
    else reportFit(at, "narrowed", "became-not-nullable", "the type no longer admits null");
  }
  const haveLiterals = [before, after].filter(({ literals }) => literals.size > 0).length;
  if (haveLiterals === 2) compareLiterals(before, after, at);
  if (haveLiterals === 1) compareWhole(base, revision, at);
  else compareMembers(before.members, after.members, at);
}

/** Compares the literals of two unions; an open one admits any value, with or without a name. */
function compareLiterals(before: TypeParts, after: TypeParts, at: TypeComparison): void {
  if (before.isOpen !== after.isOpen) {
    if (after.isOpen) reportFit(at, "widened", "union-openness", "the union becomes open");
    else reportFit(at, "narrowed", "union-openness", "the union becomes closed");
    return;
  }
  const effect = effectOfSets(before.literals, after.literals);
  if (effect === "annotation") return;
  const what = `the union ${describeSets(before.literals, after.literals)}`;
  if (before.isOpen) {
    const why = `${what}: it admits any value, with or without a name`;
    report(at, "minor", `${at.direction}-open-union-changed`, why);
  } else reportFit(at, effect, "union-changed", what);
}

/** The members of two unions: equal ones cancel out, a remaining pair is compared, more are judged as a whole. */
function compareMembers(
  before: readonly ts.Type[],
  after: readonly ts.Type[],
  at: TypeComparison,
): void {
  const isPair = before.length === 1 && after.length === 1;
  const without = (members: readonly ts.Type[], others: readonly ts.Type[]): readonly ts.Type[] =>
    isPair ? members : members.filter((one) => !others.some((other) => isEqual(one, other, at)));
  const [one, ...moreGone] = without(before, after);
  const [other, ...moreCome] = without(after, before);
  if (one && other && moreGone.length === 0 && moreCome.length === 0) {
    compareSingle(one, other, at);
  } else if (one || other) {
    const effect = one && other ? "changed" : other ? "widened" : "narrowed";
    const what = `the union has ${after.length} instead of ${before.length} alternatives`;
    reportFit(at, effect, "alternative-changed", what);
  }
}

/** Whether nothing would be reported between two types. */
function isEqual(one: ts.Type, other: ts.Type, at: TypeComparison): boolean {
  if (one === other) return true;
  if (at.depth >= maxDepth) return isSame(one, other, at.checker);
  const trial: TypeComparison = { ...at, changes: [], seen: new Map(), depth: at.depth + 1 };
  compareTypes(one, other, trial);
  return trial.changes.length === 0;
}

function compareSingle(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const types = [base, revision];
  if (types.every((type) => isRecord(type, checker) || isNever(type))) {
    compareProperties(base, revision, at);
    compareIndex(base, revision, at);
  } else if (types.every((type) => checker.isArrayType(type))) {
    const [one, other] = types.map((type) => indexType(type, checker));
    if (one && other) compareTypes(one, other, { ...at, where: `${at.where}[]` });
  } else compareWhole(base, revision, at);
}

function compareWhole(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const isNarrower = checker.isTypeAssignableTo(revision, base);
  const isWider = checker.isTypeAssignableTo(base, revision);
  if (isNarrower && isWider) return;
  const effect = isNarrower ? "narrowed" : isWider ? "widened" : "changed";
  const [from, to] = [checker.typeToString(base), checker.typeToString(revision)];
  reportFit(at, effect, "type-changed", `the type goes from ${from} to ${to}`);
}

function compareProperties(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker, direction } = at;
  const before = presentProperties(base, checker);
  const after = presentProperties(revision, checker);
  const atProperty = (name: string): TypeComparison => ({
    ...at,
    where: at.where === "" ? name : `${at.where}.${name}`,
  });
  for (const [name, property] of before) {
    const other = after.get(name);
    const place = atProperty(name);
    if (!other) {
      const why = "the property is gone: code that names it no longer compiles";
      report(place, "major", `${direction}-property-removed`, why);
      continue;
    }
    if (isOptional(property) !== isOptional(other)) {
      if (isOptional(other))
        reportFit(place, "widened", "became-optional", "the property becomes optional");
      else reportFit(place, "narrowed", "became-required", "the property becomes required");
    }
    compareTypes(checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(other), place);
  }
  for (const [name, property] of after) {
    if (before.has(name)) continue;
    const isDemanded = direction === "request" && !isOptional(property);
    const why = isDemanded
      ? "the property must be passed: code that does not pass it no longer compiles"
      : "there is a new property";
    report(atProperty(name), isDemanded ? "major" : "minor", `${direction}-property-added`, why);
  }
}

function compareIndex(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const [before, after] = [indexType(base, at.checker), indexType(revision, at.checker)];
  const place = { ...at, where: `${at.where}[*]` };
  if (before && after) compareTypes(before, after, place);
  else if (after) reportFit(place, "widened", "index-changed", "further properties are admitted");
  else if (before) {
    reportFit(place, "narrowed", "index-changed", "further properties are no longer admitted");
  }
}

/** What an array or an object with an index signature holds. */
function indexType(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  return isNever(type) ? undefined : checker.getIndexInfosOfType(type)[0]?.type;
}
