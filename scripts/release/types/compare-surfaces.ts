import ts from "typescript";
import type { Change } from "../change.ts";
import { compareOperations } from "./compare-operations.ts";
import { compareTypes } from "./compare-types.ts";
import { createSurfaceReporter } from "./surface-reporter.ts";
import type { SurfaceModules } from "./surface-program.ts";
import { createSurfaceProgram } from "./surface-program.ts";
import type { TypeComparison } from "./type-comparison.ts";

/** The types whose parts are compared one by one, in the direction in which a consumer meets them. */
const structural = new Set(["paths", "webhooks", "components", "operations", "$defs"]);

/**
 * Every change that a strict consumer of the generated modules would see, whether or not it is on the wire: what was
 * renamed or removed, and what code that compiled would no longer compile against.
 */
export function compareSurfaces(base: SurfaceModules, revision: SurfaceModules): readonly Change[] {
  const program = createSurfaceProgram(base, revision);
  const { checker } = program;
  const reporter = createSurfaceReporter();
  const comparison: TypeComparison = {
    checker,
    reporter,
    seen: new Map(),
    depth: 0,
    compare: compareTypes,
  };
  const before = exportsOf(program.base, checker);
  const after = exportsOf(program.revision, checker);
  compareOperations(typeNamed(before, checker), typeNamed(after, checker), comparison);
  compareNames(before, after, comparison);
  for (const [name, symbol] of before) {
    const other = after.get(name);
    if (!other || structural.has(name)) continue;
    if (!isType(symbol) || !isType(other)) continue;
    const one = checker.getDeclaredTypeOfSymbol(symbol);
    const two = checker.getDeclaredTypeOfSymbol(other);
    // What an operation sends or answers was compared in its direction; the rest is read.
    if (comparison.seen.has(one)) continue;
    if (isCatalogue(one)) compareCatalogue(name, one, two, comparison);
    else compareTypes(one, two, "response", name, comparison);
  }
  return reporter.changes;
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

function typeNamed(
  exports: Exports,
  checker: ts.TypeChecker,
): (name: string) => ts.Type | undefined {
  return (name) => {
    const symbol = exports.get(name);
    return symbol && isType(symbol) ? checker.getDeclaredTypeOfSymbol(symbol) : undefined;
  };
}

function isType(symbol: ts.Symbol): boolean {
  return (symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface)) !== 0;
}

/** A union of string literals alone, exported under a name: a list of what the document names, made to grow. */
function isCatalogue(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.length > 0 && members.every((member) => member.isStringLiteral());
}

function compareCatalogue(
  name: string,
  one: ts.Type,
  two: ts.Type,
  { checker, reporter }: TypeComparison,
): void {
  const grows = checker.isTypeAssignableTo(one, two);
  const shrinks = checker.isTypeAssignableTo(two, one);
  if (grows && shrinks) return;
  reporter.report(
    "minor",
    "known-values-changed",
    name,
    `the values that have names become ${checker.typeToString(two)}`,
  );
}

function compareNames(
  before: Exports,
  after: Exports,
  { checker, reporter }: TypeComparison,
): void {
  const added = [...after].filter(([name]) => !before.has(name));
  for (const [name, symbol] of before) {
    if (after.has(name)) continue;
    const heir = added.find(([, other]) => isSameDeclaration(symbol, other, checker));
    if (heir)
      reporter.report(
        "major",
        "export-renamed",
        name,
        `\`${name}\` is now called \`${heir[0]}\`: code that imports it no longer compiles`,
      );
    else
      reporter.report(
        "major",
        "export-removed",
        name,
        `\`${name}\` is no longer exported: code that imports it no longer compiles`,
      );
  }
  for (const [name] of added)
    reporter.report("minor", "export-added", name, `\`${name}\` is exported`);
}

function isSameDeclaration(one: ts.Symbol, other: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (isType(one) !== isType(other)) return false;
  const type = (symbol: ts.Symbol): ts.Type =>
    isType(symbol) ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
  const [before, after] = [type(one), type(other)];
  return checker.isTypeAssignableTo(before, after) && checker.isTypeAssignableTo(after, before);
}
