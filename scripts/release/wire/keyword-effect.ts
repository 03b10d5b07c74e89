import type { Effect } from "./effect.ts";
import { effectOfSets } from "./effect.ts";

type Rule = (before: unknown, after: unknown) => Effect;

/** A bound that allows less the smaller it is. */
const upperBound: Rule = (before, after) => compareBounds(after, before, Number.POSITIVE_INFINITY);

/** A bound that allows less the greater it is. */
const lowerBound: Rule = (before, after) => compareBounds(before, after, Number.NEGATIVE_INFINITY);

/** Two bounds, of which the absent one is `none`: it narrows when the first is the smaller one. */
function compareBounds(one: unknown, other: unknown, none: number): Effect {
  const [smaller, greater] = [Number(one ?? none), Number(other ?? none)];
  if (smaller === greater) return "annotation";
  return smaller < greater ? "narrowed" : "widened";
}

const presence: Rule = (before, after) => {
  if (before === undefined) return after === undefined ? "annotation" : "narrowed";
  if (after === undefined) return "widened";
  return JSON.stringify(before) === JSON.stringify(after) ? "annotation" : "changed";
};

/** Formats all of whose texts, or numbers, another format admits, too. */
const widerFormats: Readonly<Record<string, readonly string[]>> = {
  int32: ["int64"],
  float: ["double"],
  email: ["idn-email"],
  hostname: ["idn-hostname"],
  uri: ["uri-reference", "iri", "iri-reference"],
  "uri-reference": ["iri-reference"],
  iri: ["iri-reference"],
};

const format: Rule = (before, after) => {
  if (widerFormats[String(before)]?.includes(String(after))) return "widened";
  if (widerFormats[String(after)]?.includes(String(before))) return "narrowed";
  return presence(before, after);
};

const multiple: Rule = (before, after) => {
  if (typeof before !== "number" || typeof after !== "number") return presence(before, after);
  if (before === after) return "annotation";
  if (after % before === 0) return "narrowed";
  return before % after === 0 ? "widened" : "changed";
};

/** The longer a list of obligations, the fewer values meet it. */
const obligations: Rule = (before, after) =>
  effectOfSets(
    new Set(Array.isArray(after) ? after : []),
    new Set(Array.isArray(before) ? before : []),
  );

/** Values beside those that are listed were always to be expected; a caller that sends one that is no longer listed was not told. */
const known: Rule = (before, after) => {
  const [from, to] = [before, after].map((list) => new Set(Array.isArray(list) ? list : []));
  if (!from || !to || after === undefined) return "annotation";
  return [...from].some((value) => !to.has(value)) ? "narrowed" : "annotation";
};

/** What is said about a text's content can be told apart only by those who read it. */
const content: Rule = (before, after) => (before === after ? "annotation" : "changed");

const rules: Readonly<Record<string, Rule>> = {
  pattern: presence,
  format,
  maximum: upperBound,
  exclusiveMaximum: upperBound,
  maxLength: upperBound,
  maxItems: upperBound,
  maxProperties: upperBound,
  maxContains: upperBound,
  minimum: lowerBound,
  exclusiveMinimum: lowerBound,
  minLength: lowerBound,
  minItems: lowerBound,
  minProperties: lowerBound,
  minContains: (before, after) => lowerBound(before ?? 1, after ?? 1),
  multipleOf: multiple,
  uniqueItems: presence,
  dependentRequired: obligations,
  "x-extensible-enum": known,
  contentEncoding: content,
  contentMediaType: content,
};

/**
 * What a changed keyword of a schema's form does to the values it allows (JSON Schema 2020-12, validation vocabulary);
 * `changed` for one that cannot be told.
 */
export function keywordEffect(keyword: string, before: unknown, after: unknown): Effect {
  return (rules[keyword] ?? content)(before, after);
}

/** Whether a pattern restricts anything: some match every text. */
export function restrictsTexts(pattern: unknown): boolean {
  return typeof pattern === "string" && !/^(?:\^?(?:\.\*)?\$?|\^?\[\\s\\S\]\*\$?)$/u.test(pattern);
}
