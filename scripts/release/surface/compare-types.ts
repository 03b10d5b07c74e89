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

type Properties = ReadonlyMap<string, ts.Symbol>;

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
  const [gone, come] = [new Set(without(before, after)), new Set(without(after, before))];
  const pairUp = (one: ts.Type, other: ts.Type): void => {
    gone.delete(one);
    come.delete(other);
    // What is left of a union may have a name of its own.
    if (one === base) compareSingle(one, other, at);
    else compareTypes(one, other, at);
  };
  for (const one of gone) {
    const tag = tagOf(one, at.checker);
    const other = [...come].find((own) => tag !== "" && tagOf(own, at.checker) === tag);
    if (other) pairUp(one, other);
  }
  const [[one], [other]] = [gone, come];
  if (one && other && gone.size === 1 && come.size === 1) pairUp(one, other);
  else if (one || other) {
    const effect = one && other ? "changed" : other ? "widened" : "narrowed";
    const [lost, gained] = [gone, come].map(
      (types) => new Set([...types].map((type) => at.checker.typeToString(type))),
    );
    if (lost && gained) {
      reportFit(at, effect, "alternative-changed", `the union ${shownSets(lost, gained)}`);
    }
  }
}

/** What tells a member of a union apart: its name, or its properties that have one value only. */
function tagOf(type: ts.Type, checker: ts.TypeChecker): string {
  const name = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
  if (name) return name.getName();
  if (!isRecord(type, checker)) return "";
  const tags = [...presentProperties(type, checker)].flatMap(([property, symbol]) => {
    const own = checker.getTypeOfSymbol(symbol);
    return own.isStringLiteral() ? [`${property}=${own.value}`] : [];
  });
  return tags.toSorted().join(" ");
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
  const heir = findHeir(before, after, checker);
  for (const [name, property] of before) {
    const other = after.get(name);
    const place = atProperty(name);
    if (!other) {
      const what = heir ? `it is removed, or is now called \`${heir}\`` : "it is removed";
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
    if (before.has(name) || name === heir) continue;
    const isDemanded = direction === "request" && !isOptional(property);
    const what = isDemanded ? "it is added, and must be passed" : "it is added";
    const place = atProperty(name);
    if (isDemanded) {
      const why = "code that does not pass it no longer compiles";
      report(place, "major", `${direction}-property-added`, what, { why, remedy: "Pass it." });
    } else report(place, "minor", `${direction}-property-added`, what);
  }
}

/** The name of the one property that came, if the one that went is the same in everything but its name. */
function findHeir(
  before: Properties,
  after: Properties,
  checker: ts.TypeChecker,
): string | undefined {
  const gone = [...before].filter(([name]) => !after.has(name));
  const come = [...after].filter(([name]) => !before.has(name));
  const [lost, gained] = [gone[0], come[0]];
  if (!lost || !gained || gone.length + come.length !== 2) return undefined;
  const [[, one], [name, other]] = [lost, gained];
  const types = [checker.getTypeOfSymbol(one), checker.getTypeOfSymbol(other)] as const;
  return isOptional(one) === isOptional(other) && isSame(...types, checker) ? name : undefined;
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
