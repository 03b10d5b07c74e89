import ts from "typescript";
import { effectOfSets } from "../wire/effect.ts";
import { shownSets } from "../wire/show-values.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { compareSignatures } from "./compare-signatures.ts";
import { markSeen, report, reportFit, within } from "./type-comparison.ts";
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
export function compareTypes(base: ts.Type, revision: ts.Type, place: TypeComparison): void {
  if (base === revision || place.decided.has(base) || !markSeen(base, revision, place)) return;
  const at = { ...place, ...place.names.get(base) };
  const before = typeParts(base);
  const after = typeParts(revision);
  if (before.isNull !== after.isNull) {
    if (after.isNull) reportFit(at, "widened", "became-nullable", "it may be null");
    else reportFit(at, "narrowed", "became-not-nullable", "it may no longer be null");
  }
  if (before.isUndefined !== after.isUndefined && !at.mayBeAbsent) {
    if (after.isUndefined) reportFit(at, "widened", "became-absent", "it may be undefined");
    else reportFit(at, "narrowed", "became-present", "it may no longer be undefined");
  }
  const haveLiterals = [before, after].filter(({ literals }) => literals.size > 0).length;
  if (haveLiterals === 2) compareLiterals(before, after, at);
  if (haveLiterals === 1) compareWhole(base, revision, at);
  else compareMembers(base, before.members, after.members, at);
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
  const what = `the union ${shownSets(before.literals, after.literals)}`;
  if (before.isOpen) {
    const why = "it admits any value, with or without a name";
    report(at, "minor", `${at.direction}-open-union-changed`, what, { why });
  } else reportFit(at, effect, "union-changed", what);
}

/** The members of two unions: equal ones cancel out, a remaining pair is compared, more are judged as a whole. */
function compareMembers(
  base: ts.Type,
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
    // What is left of a union may have a name of its own.
    if (one === base) compareSingle(one, other, at);
    else compareTypes(one, other, at);
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
  const [one, other] = types.map((type) => typeArguments(type, checker));
  if (one && other && one.target === other.target && one.list.length === other.list.length) {
    for (const [index, argument] of one.list.entries()) {
      const partner = other.list[index];
      if (partner)
        compareTypes(argument, partner, checker.isArrayType(base) ? within(at, "[]") : at);
    }
  } else if (
    types.every(
      (type) => type.getCallSignatures().length + type.getConstructSignatures().length > 0,
    )
  ) {
    compareSignatures(base, revision, at, { types: compareTypes, symbols: compareSymbols });
  } else if (types.every((type) => isRecord(type, checker) || isNever(type))) {
    compareProperties(base, revision, at);
    compareIndex(base, revision, at);
  } else if (
    types.some((type) => type.flags & ts.TypeFlags.TypeParameter) ||
    types.every((type) => type.flags & ts.TypeFlags.UniqueESSymbol)
  ) {
    // A parameter of a generic declaration is the one at its place, and a unique symbol is another one in each version.
    return;
  } else compareWhole(base, revision, at);
}

/** Compares what two properties or parameters hold; of what is from another package only the words can be compared. */
export function compareSymbols(base: ts.Symbol, revision: ts.Symbol, at: TypeComparison): void {
  const types = [base, revision].map((symbol) => at.checker.getTypeOfSymbol(symbol));
  const [one, other] = types;
  if (!one || !other) return;
  if (!types.every(({ flags }) => flags & ts.TypeFlags.Any)) {
    compareTypes(one, other, at);
    return;
  }
  const [from, to] = [base, revision].map(({ valueDeclaration: declaration }) => {
    const node = declaration && "type" in declaration ? declaration.type : undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a declaration's `type` is a node if it is there
    return (node as ts.TypeNode | undefined)?.getText().replaceAll(/\s+/gu, " ");
  });
  if (from !== to) reportFit(at, "changed", "type-changed", `the type goes from ${from} to ${to}`);
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
  const atProperty = (name: string): TypeComparison => within(at, name);
  for (const [name, property] of before) {
    const other = after.get(name);
    const place = atProperty(name);
    if (!other) {
      const heir = [...after.keys()].filter((own) => !before.has(own));
      const isRenamed =
        heir.length === 1 && [...before.keys()].filter((own) => !after.has(own)).length === 1;
      const what = isRenamed ? `it is removed, or is now called \`${heir[0]}\`` : "it is removed";
      report(place, "major", `${direction}-property-removed`, what);
      continue;
    }
    if (isOptional(property) !== isOptional(other)) {
      if (isOptional(other)) reportFit(place, "widened", "became-optional", "it becomes optional");
      else reportFit(place, "narrowed", "became-required", "it becomes required");
    }
    const mayBeAbsent = isOptional(property) || isOptional(other);
    compareSymbols(property, other, { ...place, mayBeAbsent });
  }
  for (const [name, property] of after) {
    if (before.has(name)) continue;
    const isDemanded = direction === "request" && !isOptional(property);
    const what = isDemanded ? "it is added, and must be passed" : "it is added";
    const place = atProperty(name);
    if (isDemanded) {
      const why = "code that does not pass it no longer compiles";
      report(place, "major", `${direction}-property-added`, what, { why, remedy: "Pass it." });
    } else report(place, "minor", `${direction}-property-added`, what);
  }
}

function compareIndex(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const [before, after] = [indexType(base, at.checker), indexType(revision, at.checker)];
  const place = within(at, "[*]");
  if (before && after) compareTypes(before, after, place);
  // Without an index signature neither is a further property read nor passed.
  else if (after) {
    report(place, "minor", `${at.direction}-index-added`, "further properties have a type");
  } else if (before) {
    report(
      place,
      "major",
      `${at.direction}-index-removed`,
      "further properties have no type any more",
    );
  }
}

/** What an array or an object with an index signature holds. */
function indexType(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  return isNever(type) ? undefined : checker.getIndexInfosOfType(type)[0]?.type;
}

/** What a generic type was made with: `Promise<SyncLog>`. */
function typeArguments(
  type: ts.Type,
  checker: ts.TypeChecker,
): { readonly target: unknown; readonly list: readonly ts.Type[] } | undefined {
  if (!isReference(type) || checker.isTupleType(type)) return undefined;
  const list = checker.getTypeArguments(type);
  return list.length === 0 ? undefined : { target: type.target, list };
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return (type.flags & ts.TypeFlags.Object) !== 0 && "target" in type;
}
