import type ts from "typescript";
import type { Direction } from "@qontext/sync-log-document";
import type { SurfaceReporter } from "./surface-reporter.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { isNever, isOptional, typeParts } from "./type-parts.ts";

/** Compares two object types, property by property and index signature by index signature. */
export function compareProperties(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  comparison: TypeComparison,
): void {
  const { checker, reporter } = comparison;
  const before = propertiesOf(base, checker);
  const after = propertiesOf(revision, checker);
  for (const [name, property] of before) {
    const other = after.get(name);
    const place = where === "" ? name : `${where}.${name}`;
    if (!other) {
      reporter.report(
        "major",
        `${direction}-property-removed`,
        place,
        `the property is gone: code that names it no longer compiles`,
      );
      continue;
    }
    compareOptionality(property, other, direction, place, reporter);
    comparison.compare(
      typeOf(property, checker),
      typeOf(other, checker),
      direction,
      place,
      comparison,
    );
  }
  for (const [name, property] of after) {
    if (before.has(name)) continue;
    const place = where === "" ? name : `${where}.${name}`;
    const demands = direction === "request" && !isOptional(property);
    reporter.report(
      demands ? "major" : "minor",
      `${direction}-property-added`,
      place,
      demands
        ? "the property must be passed: code that does not no longer compiles"
        : "there is one property more",
    );
  }
  compareIndex(base, revision, direction, where, comparison);
}

function compareOptionality(
  before: ts.Symbol,
  after: ts.Symbol,
  direction: Direction,
  where: string,
  reporter: SurfaceReporter,
): void {
  if (isOptional(before) === isOptional(after)) return;
  const [id, what] = isOptional(after)
    ? ["became-optional", "the property becomes optional"]
    : ["became-required", "the property becomes required"];
  reporter.reportFit(isOptional(after) ? "widened" : "narrowed", direction, { id, where, what });
}

/** An optional property of type `never` is how generated types say that there is nothing. */
function propertiesOf(type: ts.Type, checker: ts.TypeChecker): ReadonlyMap<string, ts.Symbol> {
  const present = isNever(type) ? [] : checker.getPropertiesOfType(type);
  return new Map(
    present
      .filter((property) => !(isOptional(property) && isNothing(typeOf(property, checker))))
      .map((property) => [property.getName(), property]),
  );
}

function isNothing(type: ts.Type): boolean {
  const { members, literals, isNull } = typeParts(type);
  return !isNull && literals.size === 0 && members.every(isNever);
}

function typeOf(property: ts.Symbol, checker: ts.TypeChecker): ts.Type {
  return checker.getTypeOfSymbol(property);
}

function compareIndex(
  base: ts.Type,
  revision: ts.Type,
  direction: Direction,
  where: string,
  comparison: TypeComparison,
): void {
  const index = (type: ts.Type): ts.Type | undefined =>
    isNever(type) ? undefined : comparison.checker.getIndexInfosOfType(type)[0]?.type;
  const before = index(base);
  const after = index(revision);
  if (before && after) comparison.compare(before, after, direction, `${where}[*]`, comparison);
  else if (before || after) {
    comparison.reporter.reportFit(after ? "widened" : "narrowed", direction, {
      id: "index-changed",
      where: `${where}[*]`,
      what: after ? "further properties are admitted" : "further properties are no longer admitted",
    });
  }
}
