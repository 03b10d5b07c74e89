import ts from "typescript";
import { compareTypes } from "./compare-types.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { report, within } from "./type-comparison.ts";
import { isRecord, presentProperties } from "./type-parts.ts";

/**
 * Compares two exported values by the literals that their declarations show: names that consumers look up, texts that they
 * compare with, lists that are made to grow. What is no literal is compared by its type.
 */
export function compareValues(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const types = [base, revision];
  if (base === revision) return;
  if (types.every((type) => checker.isTupleType(type))) {
    compareLists(base, revision, at);
    return;
  }
  if (types.every((type) => type.isStringLiteral())) {
    const [from, to] = types.map((type) => checker.typeToString(type));
    if (from !== to)
      report(at, "major", "value-changed", `the value goes from ${from} to ${to}`, {
        why: "code that compares it with the old one no longer compiles",
      });
    return;
  }
  if (isData(types)) {
    const [from, to] = types.map((type) =>
      checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation),
    );
    // What is on the wire of it is rated there.
    if (from !== to) report(at, "minor", "value-changed", `the value goes from ${from} to ${to}`);
    return;
  }
  const literal = ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.TypeLiteral;
  const isLiteral = types.every(
    (type) => isRecord(type, checker) && ((type.symbol?.flags ?? 0) & literal) !== 0,
  );
  if (!isLiteral) {
    compareTypes(base, revision, at);
    return;
  }
  compareMembers(presentProperties(base, checker), presentProperties(revision, checker), at);
}

type Members = ReadonlyMap<string, ts.Symbol>;

function compareMembers(before: Members, after: Members, at: TypeComparison): void {
  const { checker } = at;
  const gone = [...before.keys()].filter((name) => !after.has(name));
  const come = [...after.keys()].filter((name) => !before.has(name));
  const written = (symbol: ts.Symbol | undefined): string =>
    symbol === undefined
      ? ""
      : checker.typeToString(
          checker.getTypeOfSymbol(symbol),
          undefined,
          ts.TypeFormatFlags.NoTruncation,
        );
  const [name = "", heir = ""] = [gone[0], come[0]];
  const isRenamed =
    gone.length === 1 &&
    come.length === 1 &&
    written(before.get(name)) === written(after.get(heir));
  for (const own of gone) {
    const what = isRenamed ? `\`${own}\` is now called \`${heir}\`` : "it is removed";
    report(within(at, own), "major", isRenamed ? "value-renamed" : "value-removed", what);
  }
  for (const own of isRenamed ? [] : come)
    report(within(at, own), "minor", "value-added", "it is added");
  for (const [own, property] of before) {
    const other = after.get(own);
    if (!other) continue;
    compareValues(
      checker.getTypeOfSymbol(property),
      checker.getTypeOfSymbol(other),
      within(at, own),
    );
  }
}

/** What only describes: numbers, flags, and what is nothing in one version. */
function isData(types: readonly ts.Type[]): boolean {
  const flags = ts.TypeFlags.NumberLiteral | ts.TypeFlags.BooleanLiteral;
  return (
    types.every(({ flags: own }) => own & flags) ||
    types.some(({ flags: own }) => own & ts.TypeFlags.Null)
  );
}

/** Lists of names are made to grow; code that names what they lose no longer compiles. */
function compareLists(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const [before, after] = [base, revision].map((type) => new Set(elements(type, checker)));
  if (!before || !after) return;
  const lost = [...before].filter((text) => !after.has(text));
  const gained = [...after].filter((text) => !before.has(text));
  for (const text of lost.filter((one) => one.startsWith('"'))) {
    report(at, "major", "known-value-removed", `it no longer has ${text}`, {
      why: "code that compares with it no longer compiles",
    });
  }
  const data = lost.filter((one) => !one.startsWith('"'));
  if (gained.length > 0) report(at, "minor", "known-value-added", `it gains ${gained.join(", ")}`);
  else if (data.length > 0) report(at, "minor", "value-changed", `it loses ${data.join(", ")}`);
}

function elements(type: ts.Type, checker: ts.TypeChecker): readonly string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the checker said that it is a tuple, which is a reference
  const list = checker.getTypeArguments(type as ts.TypeReference);
  return list.map((element) =>
    checker.typeToString(element, undefined, ts.TypeFormatFlags.NoTruncation),
  );
}
