import type { Direction } from "@qontext/sync-log-document";
import { isClosed, isNever } from "./compare-properties.ts";
import type { Effect } from "./effect.ts";
import { combined, negated } from "./effect.ts";
import type { Difference, Find, SchemaComparison, SchemaPair } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader, Term } from "./schema-form.ts";
import { kebab } from "./show-values.ts";

/** The places of an array: each has a schema of its own in the prefix, and that of `items` after it. */
export function comparePrefixes(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
  at: Find,
): readonly Difference[] {
  const { base, revision } = comparison;
  const length = Math.max(before.prefix.length, after.prefix.length);
  const pairs = Array.from({ length }, (_, index) =>
    comparison.pairTerms(
      before.prefix[index] ?? itemsOf(base, before),
      after.prefix[index] ?? itemsOf(revision, after),
      direction,
    ),
  );
  if (before.prefix.length === after.prefix.length) return pairs;
  const verb = before.prefix.length < after.prefix.length ? "added" : "removed";
  const effect = combined(comparison.expand(pairs).map((finding) => finding.effect));
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
): readonly Difference[] {
  const { base, revision } = comparison;
  const found: Difference[] = [];
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
      const pair = comparison.pairTerms(from, to, direction);
      found.push(...within(comparison, keyword, [before, after], pair));
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
  comparison: SchemaComparison,
  keyword: string,
  wholes: readonly SchemaForm[],
  pair: SchemaPair,
): readonly Difference[] {
  const isCounted =
    keyword === "contains" && wholes.some(({ facets }) => facets.has("maxContains"));
  if (keyword !== "not" && keyword !== "if" && !isCounted) return [pair];
  const turn = (effect: Effect): Effect => {
    if (effect === "annotation") return effect;
    return keyword === "not" ? negated(effect) : "changed";
  };
  return comparison
    .expand([pair])
    .map((finding) => ({ ...finding, verdict: undefined, effect: turn(finding.effect) }));
}

/** `if` by itself admits everything: what comes or goes with it is `then` and `else`. */
function withoutConditions(found: readonly Difference[]): readonly Difference[] {
  const consequences = found.filter((one) => /^(?:then|else)-(?:added|removed)$/u.test(idOf(one)));
  if (consequences.length === 0) return found;
  return found.filter((one) => !/^if-(?:added|removed)$/u.test(idOf(one)));
}

function idOf(difference: Difference): string {
  return "id" in difference ? difference.id : "";
}
