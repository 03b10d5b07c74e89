import type ts from "typescript";
import { isOptional } from "./type-parts.ts";
import type { TypeComparison } from "./type-comparison.ts";

type TypeLookup = (name: string) => ts.Type | undefined;

/** Compares operations by their ids, paths by their templates, and components by their names. */
export function compareOperations(
  base: TypeLookup,
  revision: TypeLookup,
  comparison: TypeComparison,
): void {
  compareMaps(
    "operation",
    base("operations"),
    revision("operations"),
    comparison,
    compareOperation,
  );
  compareMaps("path", base("paths"), revision("paths"), comparison, comparePathItem);
  const before = partsOf(base("components"), comparison);
  const after = partsOf(revision("components"), comparison);
  for (const [kind, one] of before) {
    compareMaps(`components.${kind}`, one, after.get(kind), comparison, compareComponent);
  }
}

type Compare = (
  base: ts.Type,
  revision: ts.Type,
  where: string,
  comparison: TypeComparison,
) => void;

function compareMaps(
  kind: string,
  base: ts.Type | undefined,
  revision: ts.Type | undefined,
  comparison: TypeComparison,
  compare: Compare,
): void {
  const { reporter } = comparison;
  const id = kind.startsWith("components") ? "component" : kind;
  const before = partsOf(base, comparison);
  const after = partsOf(revision, comparison);
  const added = [...after.keys()].filter((name) => !before.has(name));
  for (const [name, type] of before) {
    const other = after.get(name);
    if (other) compare(type, other, `${kind} ${name}`, comparison);
    else {
      const renamed = added.length === 1 ? `, or is now called \`${added[0]}\`` : "";
      reporter.report(
        "major",
        `${id}-removed`,
        `${kind} ${name}`,
        `\`${name}\` is gone${renamed}: code that names it no longer compiles`,
      );
    }
  }
  for (const name of added)
    reporter.report("minor", `${id}-added`, `${kind} ${name}`, "there is one more to use");
}

/** The properties of a map of types, without those that say there is nothing. */
function partsOf(
  type: ts.Type | undefined,
  { checker }: TypeComparison,
): ReadonlyMap<string, ts.Type> {
  const properties = type ? checker.getPropertiesOfType(type) : [];
  return new Map(
    properties
      .map((property) => [property, checker.getTypeOfSymbol(property)] as const)
      .filter(
        ([property, value]) =>
          !(isOptional(property) && checker.getPropertiesOfType(value).length === 0),
      )
      .map(([property, value]) => [property.getName(), value]),
  );
}

const compareOperation: Compare = (base, revision, where, comparison) => {
  const { checker } = comparison;
  const part = (type: ts.Type, name: string): ts.Type | undefined => {
    const property = type.getProperty(name);
    return property && checker.getTypeOfSymbol(property);
  };
  comparison.seen.set(base, comparison.seen.get(base) ?? new Map());
  const never = checker.getNeverType();
  const sent = part(base, "parameters") ?? never;
  const sentNow = part(revision, "parameters") ?? never;
  comparison.compare(sent, sentNow, "request", `${where}, parameters`, comparison);
  compareBody(base, revision, where, comparison);
  const before = part(base, "responses");
  const after = part(revision, "responses");
  if (before && after) {
    compareSuccess(before, after, where, comparison);
    comparison.compare(before, after, "response", `${where}, response`, comparison);
  }
};

function compareBody(
  base: ts.Type,
  revision: ts.Type,
  where: string,
  comparison: TypeComparison,
): void {
  const { checker, reporter } = comparison;
  const before = base.getProperty("requestBody");
  const after = revision.getProperty("requestBody");
  const one = before && checker.getTypeOfSymbol(before);
  const other = after && checker.getTypeOfSymbol(after);
  const nothing = (type: ts.Type | undefined): boolean =>
    !type || checker.getPropertiesOfType(checker.getNonNullableType(type)).length === 0;
  const place = `${where}, requestBody`;
  if (nothing(one) && nothing(other)) return;
  if (nothing(one)) {
    const required = after !== undefined && !isOptional(after);
    reporter.report(
      required ? "major" : "minor",
      "request-body-added",
      place,
      required ? "calls must pass a body" : "calls may pass a body",
    );
  } else if (nothing(other)) {
    reporter.report(
      "major",
      "request-body-removed",
      place,
      "calls that pass a body no longer compile",
    );
  } else if (before && after && one && other) {
    if (isOptional(before) !== isOptional(after)) {
      const [effect, what] = isOptional(after)
        ? (["widened", "the body becomes optional"] as const)
        : (["narrowed", "the body becomes required"] as const);
      reporter.reportFit(effect, "request", { id: "body-optionality", where: place, what });
    }
    comparison.compare(one, other, "request", place, comparison);
  }
}

/** A further success status is a further shape of what a call returns. */
function compareSuccess(
  before: ts.Type,
  after: ts.Type,
  where: string,
  { checker, reporter }: TypeComparison,
): void {
  const bodies = (responses: ts.Type): ReadonlyMap<string, ts.Type> =>
    new Map(
      checker
        .getPropertiesOfType(responses)
        .filter((status) => status.getName().startsWith("2"))
        .map((status) => [status.getName(), checker.getTypeOfSymbol(status)]),
    );
  const known = [...bodies(before).values()];
  if (known.length === 0) return;
  for (const [status, body] of bodies(after)) {
    if (before.getProperty(status) || known.some((one) => checker.isTypeAssignableTo(body, one)))
      continue;
    reporter.report(
      "major",
      "success-shape-added",
      `${where}, response ${status}`,
      "a call may return another shape: code that reads the result may no longer compile",
    );
  }
}

const comparePathItem: Compare = (base, revision, where, comparison) => {
  const { checker } = comparison;
  for (const property of checker.getPropertiesOfType(base)) {
    const other = revision.getProperty(property.getName());
    if (!other || property.getName() === "parameters") continue;
    const before = checker.getTypeOfSymbol(property);
    const after = checker.getTypeOfSymbol(other);
    // Operations with ids are compared under their ids.
    if (comparison.seen.has(before) || before.getProperty("responses") === undefined) continue;
    compareOperation(
      before,
      after,
      `${property.getName().toUpperCase()} ${where.replace(/^path /u, "")}`,
      comparison,
    );
  }
};

/** A component that an operation reaches was compared there, in the direction in which it is used. */
const compareComponent: Compare = (base, revision, where, comparison) => {
  if (comparison.seen.has(base)) return;
  comparison.compare(base, revision, "response", where, comparison);
};
