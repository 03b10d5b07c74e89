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
  const [before, after] = [presentProperties(base, checker), presentProperties(revision, checker)];
  for (const [name, property] of before) {
    const other = after.get(name);
    const place = within(at, name);
    if (other)
      compareValues(checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(other), place);
    else report(place, "major", "value-removed", "it is removed");
  }
  for (const name of after.keys()) {
    if (!before.has(name)) report(within(at, name), "minor", "value-added", "it is added");
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
