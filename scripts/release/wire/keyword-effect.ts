import { isJsonObject } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import { effectOfSets, valueSet } from "./effect.ts";

type Rule = (before: unknown, after: unknown) => Effect;

/** A bound that allows less the smaller it is. */
const upperBound: Rule = (before, after) => compareBounds(after, before, Number.POSITIVE_INFINITY);

/** A bound that allows less the greater it is. */
const lowerBound: Rule = (before, after) => compareBounds(before, after, Number.NEGATIVE_INFINITY);

/** Two bounds, of which the absent one is `none`: it narrows when the first is the smaller one. */
function compareBounds(one: unknown, other: unknown, none: number): Effect {
  const [smaller, greater] = [one ?? none, other ?? none];
  if (typeof smaller !== "number" || typeof greater !== "number") return "changed";
  return flag(smaller < greater, smaller > greater);
}

/** OpenAPI 3.0 has booleans beside `maximum` and `minimum`: true excludes the bound itself. */
const exclusiveBound =
  (bound: Rule): Rule =>
  (before, after) =>
    typeof before === "boolean" || typeof after === "boolean"
      ? narrowsWhenTrue(before, after)
      : bound(before, after);

/** Types by JSON Schema's own subset: every integer is a number (2020-12 core, section 4.2.1). */
const types: Rule = (before, after) => effectOfSets(typeSet(before), typeSet(after));

function typeSet(value: unknown): ReadonlySet<unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  const named = Array.isArray(value) ? value : [value];
  return new Set(named.includes("number") ? [...named, "integer"] : named);
}

const enumeration: Rule = (before, after) => effectOfSets(valueSet(before), valueSet(after));

/** The longer a list of obligations, the fewer values meet it. */
const obligations: Rule = (before, after) =>
  effectOfSets(valueSet(after) ?? new Set(), valueSet(before) ?? new Set());

/** `dependentRequired` as a whole has a list for each name; Redocly also reports the list of one name. */
const obligationsByName: Rule = (before, after) => obligations(pairs(before), pairs(after));

function pairs(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.entries(value).flatMap(([name, names]) =>
    Array.isArray(names) ? names.map((required) => [name, required]) : [],
  );
}

const presence: Rule = (before, after) => {
  if (before === undefined) return after === undefined ? "annotation" : "narrowed";
  return after === undefined ? "widened" : "changed";
};

/** Patterns that every string matches restrict nothing. */
const everything = new Set(["", ".*", "^.*$", "^", "$"]);

const pattern: Rule = (before, after) => {
  const from = typeof before === "string" && !everything.has(before) ? before : undefined;
  const to = typeof after === "string" && !everything.has(after) ? after : undefined;
  return presence(from, to);
};

const multiple: Rule = (before, after) => {
  if (typeof before !== "number" || typeof after !== "number") return presence(before, after);
  if (after % before === 0) return "narrowed";
  return before % after === 0 ? "widened" : "changed";
};

const narrowsWhenTrue: Rule = (before, after) => flag(after === true, before === true);
const widensWhenTrue: Rule = (before, after) => flag(before === true, after === true);
/** Absent means true: `additionalProperties: false` narrows. */
const narrowsWhenFalse: Rule = (before, after) => flag(before !== false, after !== false);

function flag(narrower: boolean, wider: boolean): Effect {
  if (narrower === wider) return "annotation";
  return narrower ? "narrowed" : "widened";
}

const rules: Readonly<Record<string, Rule>> = {
  type: types,
  nullable: widensWhenTrue,
  enum: enumeration,
  const: presence,
  pattern,
  format: presence,
  maximum: upperBound,
  exclusiveMaximum: exclusiveBound(upperBound),
  maxLength: upperBound,
  maxItems: upperBound,
  maxProperties: upperBound,
  maxContains: upperBound,
  minimum: lowerBound,
  exclusiveMinimum: exclusiveBound(lowerBound),
  minLength: lowerBound,
  minItems: lowerBound,
  minProperties: lowerBound,
  minContains: (before, after) => lowerBound(before ?? 1, after ?? 1),
  multipleOf: multiple,
  uniqueItems: narrowsWhenTrue,
  required: obligations,
  dependentRequired: obligationsByName,
  additionalProperties: narrowsWhenFalse,
  unevaluatedProperties: narrowsWhenFalse,
  unevaluatedItems: narrowsWhenFalse,
  items: narrowsWhenFalse,
  additionalItems: narrowsWhenFalse,
  contentEncoding: () => "changed",
  contentMediaType: () => "changed",
};

/**
 * What a changed keyword of a schema does to the values it allows (JSON Schema 2020-12, validation vocabulary);
 * undefined for a keyword without a rule.
 */
export function keywordEffect(
  keyword: string,
  before: unknown,
  after: unknown,
): Effect | undefined {
  return rules[keyword]?.(before, after);
}

const annotations = new Set([
  "title",
  "description",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "$comment",
  "$id",
  "$anchor",
  "summary",
  "tags",
]);

/** Whether a keyword says something about values without restricting them. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}

/** Whether a schema restricts nothing: it is `true`, or has annotations only. */
export function restrictsNothing(schema: unknown): boolean {
  if (schema === true) return true;
  return typeof schema === "object" && schema !== null && Object.keys(schema).every(isAnnotation);
}
