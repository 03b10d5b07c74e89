import type { Direction } from "@qontext/sync-log-document";
import { isClosed, isNever } from "./compare-properties.ts";
import type { Effect } from "./effect.ts";
import { combined, negated } from "./effect.ts";
import type { Finding } from "./finding.ts";
import type { Find, SchemaComparison } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader, Term } from "./schema-form.ts";
import { kebab } from "./show-values.ts";

/** The places of an array: each has a schema of its own in the prefix, and that of `items` after it. */
export function comparePrefixes(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
  at: Find,
): readonly Finding[] {
  const { base, revision } = comparison;
  const length = Math.max(before.prefix.length, after.prefix.length);
  const pairs = Array.from({ length }, (_, index) =>
    comparison.compareTerms(
      before.prefix[index] ?? itemsOf(base, before),
      after.prefix[index] ?? itemsOf(revision, after),
      direction,
    ),
  ).flat();
  if (before.prefix.length === after.prefix.length) return pairs;
  const verb = before.prefix.length < after.prefix.length ? "added" : "removed";
  const effect = combined(pairs.map((finding) => finding.effect));
  const what = `\`prefixItems\` goes from ${before.prefix.length} to ${after.prefix.length} places`;
  return [at("prefixItems", `prefix-items-${verb}`, effect, what)];
}

function itemsOf(reader: SchemaReader, { parts }: SchemaForm): Term {
  return parts.get("items") ?? reader.termOf(true, "#");
}

const owners: Readonly<Record<string, string>> = {
  items: "array",
  contains: "array",
  unevaluatedItems: "array",
  additionalProperties: "object",
  propertyNames: "object",
  unevaluatedProperties: "object",
  patternProperties: "object",
  dependentSchemas: "object",
  contentSchema: "string",
};

/** Subschemas: one that comes restricts what its parent admits, one that goes no longer does. */
export function compareParts(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  common: ReadonlySet<string>,
  direction: Direction,
  at: Find,
): readonly Finding[] {
  const { base, revision } = comparison;
  const found: Finding[] = [];
  for (const part of new Set([...before.parts.keys(), ...after.parts.keys()])) {
    const [keyword = "", ...names] = part.split(" ");
    const owner = owners[keyword];
    if (owner !== undefined && !common.has(owner)) continue;
    const [from, to] = [
      meaningful(base, before.parts.get(part)),
      meaningful(revision, after.parts.get(part)),
    ];
    if (!from && !to) continue;
    const label = names.length > 0 ? `${keyword}.${names.join(" ")}` : keyword;
    const singular = kebab(keyword)
      .replace(/^pattern-properties$/u, "pattern-property")
      .replace(/^dependent-schemas$/u, "dependent-schema");
    const stops = [from && isNever(base.formOf(from)), to && isNever(revision.formOf(to))];
    if (from && to && !stops.includes(true)) {
      found.push(...within(keyword, before, after, comparison.compareTerms(from, to, direction)));
      continue;
    }
    if (stops[0] && stops[1]) continue;
    const isNarrower = stops[1] || (!from && to !== undefined);
    // Where nothing else is admitted, a pattern for names admits more.
    const isOpening =
      keyword === "patternProperties" &&
      isClosed(isNarrower ? base : revision, isNarrower ? before : after);
    const effect = isNarrower !== isOpening ? "narrowed" : "widened";
    const verb = from && to ? "changed" : to ? "added" : "removed";
    const what =
      stops[0] || stops[1]
        ? `\`${label}\` ${stops[1] ? "becomes false" : "is no longer false"}`
        : `\`${label}\` is ${verb}`;
    found.push(at(keyword, `${singular}-${verb}`, keyword === "if" ? "changed" : effect, what));
  }
  return withoutConditions(found);
}

/** A subschema that admits everything is none. */
function meaningful(reader: SchemaReader, term: Term | undefined): Term | undefined {
  if (!term) return undefined;
  const { types, values, facets, required, properties, parts, prefix, unions } =
    reader.formOf(term);
  const size =
    facets.size + required.size + properties.size + parts.size + prefix.length + unions.length;
  return types.size === 7 && !values && size === 0 ? undefined : term;
}

/** What a difference within a subschema does to the whole: `not` turns it round, a condition or a count leaves it open. */
function within(
  keyword: string,
  before: SchemaForm,
  after: SchemaForm,
  findings: readonly Finding[],
): readonly Finding[] {
  const isCounted =
    keyword === "contains" && [before, after].some(({ facets }) => facets.has("maxContains"));
  const turn = (effect: Effect): Effect => {
    if (effect === "annotation") return effect;
    if (keyword === "not") return negated(effect);
    return keyword === "if" || isCounted ? "changed" : effect;
  };
  const isTurned = keyword === "not" || keyword === "if" || isCounted;
  return isTurned
    ? findings.map((finding) => ({ ...finding, verdict: undefined, effect: turn(finding.effect) }))
    : findings;
}

/** `if` by itself admits everything: what comes or goes with it is `then` and `else`. */
function withoutConditions(found: readonly Finding[]): readonly Finding[] {
  const consequences = found.filter(({ id }) => /^(?:then|else)-(?:added|removed)$/u.test(id));
  if (consequences.length === 0) return found;
  return found.filter(({ id }) => id !== "if-added" && id !== "if-removed");
}
