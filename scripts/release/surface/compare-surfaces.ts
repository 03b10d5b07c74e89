import ts from "typescript";
import type { Change } from "../release-plan.ts";
import { bodiesOf, compareOperationTypes } from "./compare-operation-types.ts";
import { compareTypes } from "./compare-types.ts";
import { compareValues } from "./compare-values.ts";
import type { EntryPair, Surface } from "./surface-program.ts";
import { createSurfaceProgram } from "./surface-program.ts";
import { joinNames } from "./join-names.ts";
import type { NamedPlace, TypeComparison } from "./type-comparison.ts";
import { report } from "./type-comparison.ts";
import { isSame } from "./type-parts.ts";

/** The types whose parts are compared one by one, in the direction in which a consumer meets them. */
const structural = new Set(["paths", "webhooks", "components", "operations", "$defs"]);

/**
 * Every change that a strict consumer of the packages would see, whether or not it is on the wire: what was renamed or removed,
 * types and values, and what code that compiled would no longer compile against.
 */
export function compareSurfaces(base: Surface, revision: Surface): readonly Change[] {
  const { checker, pairs } = createSurfaceProgram(base, revision);
  const changes: Change[] = [];
  // What a package shows of another's types counts as its own.
  const seenBy = new Map<string, TypeComparison["seen"]>();
  const names = new Map<ts.Type, NamedPlace>();
  for (const pair of pairs) collectNames(exportsOf(pair.base, checker), checker, names);
  for (const pair of pairs) {
    const { folder } = pair.entry;
    const seen = seenBy.get(folder) ?? new Map();
    seenBy.set(folder, seen);
    const at = {
      checker,
      changes,
      seen,
      names,
      depth: 0,
      direction: "response",
      where: "",
      folder,
      decided: new Set<ts.Type>(),
    } as const;
    compareEntry(pair, at);
  }
  return joinNames(changes);
}

type Exports = ReadonlyMap<string, ts.Symbol>;

function compareEntry({ entry, base, revision }: EntryPair, place: TypeComparison): void {
  const { checker } = place;
  if (!base || !revision) {
    const [bump, verb] = revision ? (["minor", "added"] as const) : (["major", "removed"] as const);
    report({ ...place, where: entry.specifier }, bump, `module-${verb}`, `the module is ${verb}`);
    return;
  }
  const [before, after] = [exportsOf(base, checker), exportsOf(revision, checker)];
  const typeIn = (exports: Exports) => (name: string) => declaredType(exports.get(name), checker);
  compareOperationTypes(typeIn(before), typeIn(after), place);
  const at = { ...place, decided: new Set(place.seen.keys()) };
  compareNames(before, after, at);
  // Functions first: they tell in which direction the types go that they take and return.
  for (const [name, symbol] of before) {
    const [one, other] = [symbol, after.get(name)].map((own) => valueType(own, checker));
    if (one && other) compareValues(one, other, { ...at, where: name });
  }
  for (const name of before.keys()) {
    if (structural.has(name)) continue;
    const [one, two] = [typeIn(before)(name), typeIn(after)(name)];
    if (!one || !two || at.seen.has(one)) continue;
    if (isCatalogue(one) && isCatalogue(two)) compareCatalogues(one, two, { ...at, where: name });
    else compareTypes(one, two, { ...at, where: name });
  }
}

function exportsOf(file: ts.SourceFile | undefined, checker: ts.TypeChecker): Exports {
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) return new Map();
  const resolve = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return new Map(
    checker.getExportsOfModule(module).map((symbol) => [symbol.getName(), resolve(symbol)]),
  );
}

/** The objects that are exported under a name: wherever one is met, its parts are told by it. */
function collectNames(
  exports: Exports,
  checker: ts.TypeChecker,
  names: Map<ts.Type, NamedPlace>,
): void {
  for (const [name, symbol] of exports) {
    const type = structural.has(name) ? undefined : declaredType(symbol, checker);
    if (name === "paths" && symbol) {
      const paths = checker.getDeclaredTypeOfSymbol(symbol);
      for (const [place, body] of bodiesOf(paths, checker)) {
        if (!names.has(body)) names.set(body, { where: place, isInline: true });
      }
    }
    if (type && type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) && !names.has(type))
      names.set(type, { where: name, isInline: false });
  }
}

/** The type that a symbol declares; undefined for a value. */
function declaredType(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Type | undefined {
  const flags = ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface | ts.SymbolFlags.Class;
  return symbol && symbol.flags & flags ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
}

function valueType(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Type | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Value
    ? checker.getTypeOfSymbol(symbol)
    : undefined;
}

/** A union of string literals alone, exported under a name: a list of what the document names, made to grow. */
function isCatalogue(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.length > 0 && members.every((member) => member.isStringLiteral());
}

function compareCatalogues(one: ts.Type, two: ts.Type, at: TypeComparison): void {
  const [before, after] = [one, two].map((type) => literals(type));
  const lost = [...(before ?? [])].filter((value) => !after?.has(value));
  const gained = [...(after ?? [])].filter((value) => !before?.has(value));
  for (const value of lost) {
    const why = "code that compares with it no longer compiles";
    report(at, "major", "known-value-removed", `it no longer has ${value}`, { why });
  }
  if (gained.length > 0) report(at, "minor", "known-value-added", `it gains ${gained.join(", ")}`);
}

function literals(type: ts.Type): ReadonlySet<string> {
  const members = type.isUnion() ? type.types : [type];
  return new Set(
    members.map((member) => (member.isStringLiteral() ? JSON.stringify(member.value) : "")),
  );
}

function compareNames(before: Exports, after: Exports, at: TypeComparison): void {
  const added = new Map([...after].filter(([name]) => !before.has(name)));
  for (const [name, symbol] of before) {
    const other = after.get(name);
    const place = { ...at, where: name };
    if (other) {
      const lost = (["Value", "Type"] as const).filter(
        (kind) => symbol.flags & ts.SymbolFlags[kind] && !(other.flags & ts.SymbolFlags[kind]),
      );
      for (const kind of lost)
        report(place, "major", "export-changed", `it is no longer a ${kind.toLowerCase()}`);
      continue;
    }
    const heir = [...added].find(([, own]) => isSameDeclaration(symbol, own, at.checker));
    if (!heir) {
      report(place, "major", "export-removed", `\`${name}\` is no longer exported`);
      continue;
    }
    added.delete(heir[0]);
    const what = `\`${name}\` is now called \`${heir[0]}\``;
    report(place, "major", "export-renamed", what, { remedy: `Import \`${heir[0]}\` instead.` });
  }
  for (const name of added.keys())
    report({ ...at, where: name }, "minor", "export-added", `\`${name}\` is exported`);
}

function isSameDeclaration(one: ts.Symbol, other: ts.Symbol, checker: ts.TypeChecker): boolean {
  const [before, after] = [declaredType(one, checker), declaredType(other, checker)];
  if ((before === undefined) !== (after === undefined)) return false;
  const types = [
    before ?? checker.getTypeOfSymbol(one),
    after ?? checker.getTypeOfSymbol(other),
  ] as const;
  // A type of another package is not known, and would be the same as any.
  return !types.some(({ flags }) => flags & ts.TypeFlags.Any) && isSame(...types, checker);
}
