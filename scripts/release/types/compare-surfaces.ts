import ts from "typescript";
import type { Change } from "../release-plan.ts";
import { compareOperations } from "./compare-operations.ts";
import { compareTypes } from "./compare-types.ts";
import type { SurfaceModules } from "./surface-program.ts";
import { createSurfaceProgram } from "./surface-program.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { report } from "./type-comparison.ts";
import { isSame } from "./type-parts.ts";

/** The types whose parts are compared one by one, in the direction in which a consumer meets them. */
const structural = new Set(["paths", "webhooks", "components", "operations", "$defs"]);

/**
 * Every change that a strict consumer of the generated modules would see, whether or not it is on the wire: what was
 * renamed or removed, and what code that compiled would no longer compile against.
 */
export function compareSurfaces(base: SurfaceModules, revision: SurfaceModules): readonly Change[] {
  const program = createSurfaceProgram(base, revision);
  const { checker } = program;
  const changes: Change[] = [];
  const at = {
    checker,
    changes,
    seen: new Map(),
    depth: 0,
    direction: "response",
    where: "",
  } as const;
  const before = exportsOf(program.base, checker);
  const after = exportsOf(program.revision, checker);
  const typeIn = (exports: Exports) => (name: string) => declaredType(exports.get(name), checker);
  compareOperations(typeIn(before), typeIn(after), at);
  compareNames(before, after, at);
  for (const name of before.keys()) {
    if (structural.has(name)) continue;
    const one = typeIn(before)(name);
    const two = typeIn(after)(name);
    // What an operation sends or answers was compared in its direction; the rest is read.
    if (!one || !two || at.seen.has(one)) continue;
    if (isCatalogue(one)) compareCatalogue(one, two, { ...at, where: name });
    else compareTypes(one, two, { ...at, where: name });
  }
  return changes;
}

type Exports = ReadonlyMap<string, ts.Symbol>;

function exportsOf(file: ts.SourceFile, checker: ts.TypeChecker): Exports {
  const module = checker.getSymbolAtLocation(file);
  if (!module) return new Map();
  const resolve = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return new Map(
    checker.getExportsOfModule(module).map((symbol) => [symbol.getName(), resolve(symbol)]),
  );
}

/** The type that a symbol declares; undefined for a value. */
function declaredType(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Type | undefined {
  const isType = symbol && symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface);
  return isType ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
}

/** A union of string literals alone, exported under a name: a list of what the document names, made to grow. */
function isCatalogue(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.length > 0 && members.every((member) => member.isStringLiteral());
}

function compareCatalogue(one: ts.Type, two: ts.Type, at: TypeComparison): void {
  if (isSame(one, two, at.checker)) return;
  const why = `the values that have names become ${at.checker.typeToString(two)}`;
  report(at, "minor", "known-values-changed", why);
}

function compareNames(before: Exports, after: Exports, at: TypeComparison): void {
  const added = [...after].filter(([name]) => !before.has(name));
  for (const [name, symbol] of before) {
    if (after.has(name)) continue;
    const heir = added.find(([, other]) => isSameDeclaration(symbol, other, at.checker));
    const [id, what] = heir
      ? ["export-renamed", `is now called \`${heir[0]}\``]
      : ["export-removed", "is no longer exported"];
    report(at, "major", id, `\`${name}\` ${what}: code that imports it no longer compiles`, name);
  }
  for (const [name] of added) report(at, "minor", "export-added", `\`${name}\` is exported`, name);
}

function isSameDeclaration(one: ts.Symbol, other: ts.Symbol, checker: ts.TypeChecker): boolean {
  const [before, after] = [declaredType(one, checker), declaredType(other, checker)];
  if (before && after) return isSame(before, after, checker);
  if (before || after) return false;
  return isSame(checker.getTypeOfSymbol(one), checker.getTypeOfSymbol(other), checker);
}
