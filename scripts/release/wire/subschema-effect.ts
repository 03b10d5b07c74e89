import { isJsonObject, pointerTokens, schemaKeywords } from "@qontext/sync-log-document";
import type { WireContext } from "./direction.ts";
import { documentOf } from "./direction.ts";
import type { Effect } from "./effect.ts";
import { restrictsNothing } from "./keyword-effect.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import type { SchemaStep } from "./redocly-pointer.ts";
import { followPointer, resolveValue } from "./redocly-pointer.ts";

/** Keywords under which each further subschema is one more restriction. */
const restrictions: ReadonlySet<string> = new Set([
  ...schemaKeywords,
  "allOf",
  "additionalItems",
  "patternProperties",
  "dependentSchemas",
  "schema",
]);

/**
 * What a subschema that came or went does to the values its parent allows; undefined where no rule fits.
 * A property that came or went is rated as what consumers can reach, not as a set of values.
 */
export function subschemaEffect(
  change: RedoclyChange,
  trail: readonly SchemaStep[],
  context: WireContext,
): Effect | undefined {
  const step = trail.at(-1) ?? { keyword: "schema" };
  const added = change.kind === "added";
  const narrowing = added ? "narrowed" : "widened";
  if (step.keyword === "definitions" || step.keyword === "$defs") return "annotation";
  if (step.keyword === "oneOf" || step.keyword === "anyOf") {
    if (step.name === undefined) return narrowing;
    return added ? "widened" : "narrowed";
  }
  if (step.keyword === "prefixItems") {
    return siblingOfPrefix(change, step, context) ? "changed" : narrowing;
  }
  if (step.keyword === "allOf" || step.keyword === "schema") {
    const value = added ? change.revisionValue : change.baseValue;
    const resolved = resolveValue(documentOf(change, context), value);
    const members = Array.isArray(resolved) ? resolved : [resolved];
    if (members.every((member) => restrictsNothing(member))) return "annotation";
  }
  return restrictions.has(step.keyword) ? narrowing : undefined;
}

/** Whether `items` stands beside `prefixItems`: then the places of the prefix go from one schema to another. */
function siblingOfPrefix(change: RedoclyChange, step: SchemaStep, context: WireContext): boolean {
  const segments = pointerTokens(change.path).slice(0, step.name === undefined ? -1 : -2);
  const parent = resolveValue(context.revision, followPointer(context.revision, segments));
  return isJsonObject(parent) && parent["items"] !== undefined && parent["items"] !== true;
}
