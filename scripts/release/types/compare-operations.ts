import type ts from "typescript";
import { compareTypes } from "./compare-types.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { report, reportFit } from "./type-comparison.ts";
import { isOptional, presentProperties } from "./type-parts.ts";

type TypeLookup = (name: string) => ts.Type | undefined;

type Compare = (base: ts.Type, revision: ts.Type, at: TypeComparison) => void;

/** Compares operations by their ids, paths by their templates, and components by their names. */
export function compareOperations(
  base: TypeLookup,
  revision: TypeLookup,
  at: TypeComparison,
): void {
  compareMaps("operation", base("operations"), revision("operations"), at, compareOperation);
  compareMaps("path", base("paths"), revision("paths"), at, comparePathItem);
  const after = presentTypes(revision("components"), at);
  for (const [kind, one] of presentTypes(base("components"), at)) {
    compareMaps(`components.${kind}`, one, after.get(kind), at, compareComponent);
  }
}

function compareMaps(
  kind: string,
  base: ts.Type | undefined,
  revision: ts.Type | undefined,
  at: TypeComparison,
  compare: Compare,
): void {
  const id = kind.startsWith("components") ? "component" : kind;
  const before = presentTypes(base, at);
  const after = presentTypes(revision, at);
  const added = [...after.keys()].filter((name) => !before.has(name));
  const renamed = added.length === 1 ? `, or is now called \`${added[0]}\`` : "";
  for (const [name, type] of before) {
    const other = after.get(name);
    const place = { ...at, where: `${kind} ${name}` };
    if (other) compare(type, other, place);
    else {
      const why = `\`${name}\` is gone${renamed}: code that names it no longer compiles`;
      report(place, "major", `${id}-removed`, why);
    }
  }
  for (const name of added) {
    report(at, "minor", `${id}-added`, "there is one more to use", `${kind} ${name}`);
  }
}

function presentTypes(
  type: ts.Type | undefined,
  { checker }: TypeComparison,
): ReadonlyMap<string, ts.Type> {
  const properties = [...presentProperties(type, checker)];
  return new Map(properties.map(([name, property]) => [name, checker.getTypeOfSymbol(property)]));
}

const compareOperation: Compare = (base, revision, at) => {
  const { checker, seen, where } = at;
  seen.set(base, seen.get(base) ?? new Map());
  const before = presentTypes(base, at);
  const after = presentTypes(revision, at);
  const parameters = (parts: ReadonlyMap<string, ts.Type>): ts.Type =>
    parts.get("parameters") ?? checker.getNeverType();
  const sent = { ...at, direction: "request", where: `${where}, parameters` } as const;
  compareTypes(parameters(before), parameters(after), sent);
  compareBody(base, revision, { ...at, direction: "request", where: `${where}, requestBody` });
  const [one, other] = [before.get("responses"), after.get("responses")];
  if (one && other) {
    const answered = { ...at, direction: "response", where: `${where}, response` } as const;
    compareSuccess(one, other, answered);
    compareTypes(one, other, answered);
  }
};

function compareBody(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const before = presentProperties(base, checker).get("requestBody");
  const after = presentProperties(revision, checker).get("requestBody");
  if (!after) {
    const why = "calls that pass a body no longer compile";
    if (before) report(at, "major", "request-body-removed", why);
    return;
  }
  if (!before) {
    if (isOptional(after)) report(at, "minor", "request-body-added", "calls may pass a body");
    else report(at, "major", "request-body-added", "calls must pass a body");
    return;
  }
  if (isOptional(before) !== isOptional(after)) {
    if (isOptional(after))
      reportFit(at, "widened", "body-optionality", "the body becomes optional");
    else reportFit(at, "narrowed", "body-optionality", "the body becomes required");
  }
  compareTypes(checker.getTypeOfSymbol(before), checker.getTypeOfSymbol(after), at);
}

/** A further success status is a further shape of what a call returns. */
function compareSuccess(before: ts.Type, after: ts.Type, at: TypeComparison): void {
  const bodies = (responses: ts.Type): readonly (readonly [string, ts.Type])[] =>
    [...presentTypes(responses, at)].filter(([status]) => status.startsWith("2"));
  const known = bodies(before).map(([, body]) => body);
  if (known.length === 0) return;
  const why = "a call may return another shape: code that reads the result may no longer compile";
  for (const [status, body] of bodies(after)) {
    const isKnown = known.some((one) => at.checker.isTypeAssignableTo(body, one));
    if (before.getProperty(status) || isKnown) continue;
    report(at, "major", "success-shape-added", why, `${at.where} ${status}`);
  }
}

const comparePathItem: Compare = (base, revision, at) => {
  const after = presentTypes(revision, at);
  const template = at.where.replace(/^path /u, "");
  for (const [name, before] of presentTypes(base, at)) {
    const other = after.get(name);
    // Operations with ids are compared under their ids.
    if (!other || at.seen.has(before) || before.getProperty("responses") === undefined) continue;
    compareOperation(before, other, { ...at, where: `${name.toUpperCase()} ${template}` });
  }
};

/** A component that an operation reaches was compared there, in the direction in which it is used. */
const compareComponent: Compare = (base, revision, at) => {
  if (!at.seen.has(base)) compareTypes(base, revision, at);
};
