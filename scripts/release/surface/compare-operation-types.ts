import ts from "typescript";
import { compareTypes } from "./compare-types.ts";
import type { TypeComparison } from "./type-comparison.ts";
import { report, reportFit, within } from "./type-comparison.ts";
import { isOptional, presentProperties } from "./type-parts.ts";

type TypeLookup = (name: string) => ts.Type | undefined;

type Checked = Pick<TypeComparison, "checker">;

type Members = ReadonlyMap<string, ts.Type>;

/** Compares operations by where they are called, and components that are no schemas by their names. */
export function compareOperationTypes(
  base: TypeLookup,
  revision: TypeLookup,
  at: TypeComparison,
): void {
  const [before, after] = [operationsOf(base, at), operationsOf(revision, at)];
  for (const [call, { type, name }] of before) {
    const other = after.get(call);
    const place = { ...at, where: type.call, isInline: true };
    if (!other) {
      report(place, "major", "operation-removed", `\`${name ?? call}\` is removed`);
      continue;
    }
    if (name !== other.name && name !== undefined) {
      const what =
        other.name === undefined
          ? `\`${name}\` is gone`
          : `\`${name}\` is now called \`${other.name}\``;
      const remedy = other.name === undefined ? undefined : `Call \`${other.name}\` instead.`;
      report(place, "major", "operation-renamed", what, {
        why: "code that names it no longer compiles",
        ...(remedy && { remedy }),
      });
    }
    if (type.template !== other.type.template) {
      const what = `the path \`${type.template}\` is now called \`${other.type.template}\``;
      report(place, "major", "path-renamed", what, {
        why: "code that names it no longer compiles",
      });
    }
    compareOperation(type.type, other.type.type, place);
  }
  for (const [call, { type, name }] of after) {
    const what = `\`${name ?? call}\` is added`;
    if (!before.has(call)) report({ ...at, where: type.call }, "minor", "operation-added", what);
  }
  const kinds = presentTypes(revision("components"), at);
  for (const [kind, type] of presentTypes(base("components"), at)) {
    if (kind !== "schemas") compareComponents(kind, type, kinds.get(kind), at);
  }
}

interface CalledOperation {
  readonly name: string | undefined;
  readonly type: { readonly call: string; readonly template: string; readonly type: ts.Type };
}

/** Every operation by its method and path, in which the names of parameters do not count; with its name, if it has one. */
function operationsOf(lookup: TypeLookup, at: Checked): ReadonlyMap<string, CalledOperation> {
  const names = new Map(
    [...presentTypes(lookup("operations"), at)].map(([name, type]) => [type, name]),
  );
  return new Map(
    [...presentTypes(lookup("paths"), at)].flatMap(([template, item]) =>
      [...presentTypes(item, at)].flatMap(([method, type]) => {
        if (type.getProperty("responses") === undefined) return [];
        const call = `${method.toUpperCase()} ${template}`;
        const key = call.replaceAll(/\{[^{}]*\}/gu, "{}");
        return [[key, { name: names.get(type), type: { call, template, type } }] as const];
      }),
    ),
  );
}

/** The properties of what may be left out. */
function propertiesOf(
  type: ts.Type | undefined,
  { checker }: Checked,
): ReadonlyMap<string, ts.Symbol> {
  return presentProperties(type && checker.getNonNullableType(type), checker);
}

function presentTypes(type: ts.Type | undefined, { checker }: Checked): Members {
  const properties = [...propertiesOf(type, { checker })];
  return new Map(properties.map(([name, property]) => [name, checker.getTypeOfSymbol(property)]));
}

function compareComponents(
  kind: string,
  base: ts.Type,
  revision: ts.Type | undefined,
  at: TypeComparison,
): void {
  const after = presentTypes(revision, at);
  for (const [name, type] of presentTypes(base, at)) {
    const place = { ...at, where: `components.${kind}.${name}` };
    const other = after.get(name);
    if (!other) report(place, "major", "component-removed", "it is removed");
    // One that an operation reaches was compared there, in the direction in which it is used.
    else if (!at.seen.has(type))
      compareTypes(type, other, {
        ...place,
        direction: kind === "responses" || kind === "headers" ? "response" : "request",
      });
  }
}

function compareOperation(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  at.seen.set(base, at.seen.get(base) ?? new Map());
  const [before, after] = [presentTypes(base, at), presentTypes(revision, at)];
  const sent = { ...at, direction: "request" } as const;
  compareParameters(before.get("parameters"), after.get("parameters"), sent);
  compareBody(base, revision, { ...sent, where: `${at.where}, request body` });
  const [one, other] = [before.get("responses"), after.get("responses")];
  if (one && other) compareResponses(one, other, { ...at, direction: "response" });
}

/** The parameters of each place, whose names are types' properties although those of a path are on no wire. */
function compareParameters(
  base: ts.Type | undefined,
  revision: ts.Type | undefined,
  at: TypeComparison,
): void {
  const [before, after] = [presentTypes(base, at), presentTypes(revision, at)];
  const { checker } = at;
  for (const place of ["path", "query", "header", "cookie"]) {
    const [from, to] = [propertiesOf(before.get(place), at), propertiesOf(after.get(place), at)];
    const added = [...to.keys()].filter((name) => !from.has(name));
    const removed = [...from.keys()].filter((name) => !to.has(name));
    for (const name of new Set([...from.keys(), ...to.keys()])) {
      const [one, other] = [from.get(name), to.get(name)];
      const here = { ...at, where: `${at.where}, parameter ${name}` };
      if (one && other) {
        if (isOptional(one) !== isOptional(other)) {
          const word = isOptional(other) ? "optional" : "required";
          reportFit(
            here,
            isOptional(other) ? "widened" : "narrowed",
            `became-${word}`,
            `the parameter becomes ${word}`,
          );
        }
        compareTypes(checker.getTypeOfSymbol(one), checker.getTypeOfSymbol(other), {
          ...here,
          mayBeAbsent: true,
        });
      } else if (one) {
        const isRenamed = added.length === 1 && removed.length === 1;
        const what = isRenamed
          ? `the ${place} parameter \`${name}\` is now called \`${added[0]}\``
          : `the ${place} parameter \`${name}\` is removed`;
        report(at, "major", `request-parameter-${isRenamed ? "renamed" : "removed"}`, what, {
          why: "code that passes it no longer compiles",
        });
      } else if (other && !(added.length === 1 && removed.length === 1)) {
        const isNeeded = !isOptional(other);
        report(
          at,
          isNeeded ? "major" : "minor",
          "request-parameter-added",
          `the ${place} parameter \`${name}\` is added${isNeeded ? ", and must be passed" : ""}`,
        );
      }
    }
  }
}

function compareBody(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const { checker } = at;
  const before = presentProperties(base, checker).get("requestBody");
  const after = presentProperties(revision, checker).get("requestBody");
  if (!before && !after) return;
  if (!after) report(at, "major", "request-body-removed", "the body is removed");
  else if (!before) {
    if (isOptional(after)) report(at, "minor", "request-body-added", "a body may be passed");
    else report(at, "major", "request-body-added", "a body must be passed");
  } else {
    if (isOptional(before) !== isOptional(after)) {
      const word = isOptional(after) ? "optional" : "required";
      reportFit(
        at,
        isOptional(after) ? "widened" : "narrowed",
        "body-optionality",
        `the body becomes ${word}`,
      );
    }
    compareContent(checker.getTypeOfSymbol(before), checker.getTypeOfSymbol(after), at);
  }
}

/** The media types are alternatives; one that comes or goes is reported of the document. */
function compareContent(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const [before, after] = [base, revision].map((type) =>
    presentTypes(presentTypes(type, at).get("content"), at),
  );
  for (const [mediaType, type] of before ?? []) {
    const other = after?.get(mediaType);
    const place =
      mediaType === "application/json" ? at : { ...at, where: `${at.where}, ${mediaType}` };
    if (other) compareTypes(type, other, { ...place, isInline: true });
  }
}

function compareResponses(base: ts.Type, revision: ts.Type, at: TypeComparison): void {
  const [before, after] = [presentTypes(base, at), presentTypes(revision, at)];
  compareSuccess(before, after, at);
  for (const [status, type] of before) {
    const other = after.get(status);
    const place = { ...at, where: `${at.where}, response ${status}` };
    if (!other) {
      report(place, "major", "response-removed", `the response ${status} is removed`, {
        why: "code that names it no longer compiles",
      });
      continue;
    }
    compareContent(type, other, place);
    const [from, to] = [type, other].map((one) => presentTypes(one, at).get("headers"));
    if (from && to) compareTypes(from, to, within(place, "headers"));
  }
}

/** A further success status is a further shape of what a call returns. */
function compareSuccess(before: Members, after: Members, at: TypeComparison): void {
  const known = [...before].filter(([status]) => status.startsWith("2")).map(([, body]) => body);
  if (known.length === 0) return;
  for (const [status, body] of after) {
    if (!status.startsWith("2") || before.has(status)) continue;
    if (known.some((one) => at.checker.isTypeAssignableTo(body, one))) continue;
    const place = { ...at, where: `${at.where}, response ${status}` };
    report(place, "major", "success-shape-added", "a call may return another shape", {
      why: "code that reads the result may no longer compile",
    });
  }
}

/** The objects that are the bodies of requests and responses, with their places: other declarations refer to them. */
export function bodiesOf(
  paths: ts.Type,
  checker: ts.TypeChecker,
): readonly (readonly [string, ts.Type])[] {
  const at = { checker };
  const operations = operationsOf((name) => (name === "paths" ? paths : undefined), at);
  const contents = (
    place: string,
    holder: ts.Type | undefined,
  ): readonly (readonly [string, ts.Type])[] =>
    [...presentTypes(presentTypes(holder, at).get("content"), at)].map(([mediaType, type]) => [
      mediaType === "application/json" ? place : `${place}, ${mediaType}`,
      type,
    ]);
  return [...operations.values()].flatMap(({ type: { call, type } }) => {
    const parts = presentTypes(type, at);
    const responses = [...presentTypes(parts.get("responses"), at)];
    return [
      ...contents(`${call}, request body`, parts.get("requestBody")),
      ...responses.flatMap(([status, response]) =>
        contents(`${call}, response ${status}`, response),
      ),
    ].filter(([, { flags }]) => (flags & ts.TypeFlags.Object) !== 0);
  });
}
