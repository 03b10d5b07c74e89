import type { Direction } from "@qontext/sync-log-document";
import { compareParts, comparePrefixes } from "./compare-parts.ts";
import { compareProperties } from "./compare-properties.ts";
import type { Effect } from "./effect.ts";
import { effectOfSets } from "./effect.ts";
import { everyType, intersect } from "./json-types.ts";
import { keywordEffect } from "./keyword-effect.ts";
import { applies, bounds, narrowerNumber } from "./read-form.ts";
import type { Difference, Find, SchemaComparison } from "./schema-comparison.ts";
import { finder } from "./schema-comparison.ts";
import type { SchemaForm } from "./schema-form.ts";
import { listedApart } from "./schema-form.ts";
import { kebab, shownChange, shownSets, verbOf } from "./show-values.ts";
import type { Verdict } from "./verdict.ts";

/** What one form says beside its alternatives, against another. */
export function compareStatements(
  comparison: SchemaComparison,
  before: SchemaForm,
  after: SchemaForm,
  direction: Direction,
): readonly Difference[] {
  const at = finder(before, after, direction);
  const found = compareTypes(before, after, comparison.openEnums && direction === "response", at);
  const shared = intersect(before.types, after.types);
  if (shared.size === 0 && before.types.size + after.types.size > 0) return found;
  // Between two types only what is about both can be compared. Within one, an author means what no value of the type has, too.
  const isOneType = shared.size === before.types.size && shared.size === after.types.size;
  const common = isOneType ? everyType : shared;
  found.push(...compareFacets(before, after, common, at), ...compareDefaults(before, after, at));
  // Of what may be anything nothing is known of its properties.
  const isUntyped = !isOneType && [before, after].some(isAnything);
  if (common.has("object") && !isUntyped)
    found.push(...compareProperties(comparison, before, after, direction));
  if (common.has("array")) found.push(...comparePrefixes(comparison, before, after, direction, at));
  found.push(...compareParts(comparison, before, after, common, direction, at));
  return found;
}

function isAnything({ types, properties }: SchemaForm): boolean {
  return types.size === everyType.size && properties.size === 0;
}

const nameLost: Verdict = [
  "major",
  "code that compares with the generated name no longer compiles",
  "Stop comparing with it.",
];
const namedLater: Verdict = ["minor", "the generated type admits values that have no name yet"];

function compareTypes(
  before: SchemaForm,
  after: SchemaForm,
  isOpen: boolean,
  at: Find,
): Difference[] {
  const found: Difference[] = [];
  const isAny = [before, after].map(({ types }) => types.size === 7);
  const [from, to] = [before, after].map(
    ({ types, values }) => [new Set(types), values && new Set(values)] as const,
  );
  if (!from || !to) return found;
  if (!isAny.includes(true) && from[0].has("null") !== to[0].has("null")) {
    if (to[0].has("null")) found.push(at("type", "became-nullable", "widened", "it may be null"));
    else found.push(at("type", "became-not-nullable", "narrowed", "it may no longer be null"));
    for (const [types, values] of [from, to]) {
      types.delete("null");
      values?.delete("null");
    }
  }
  const typeEffect = from[1] && to[1] ? "annotation" : effectOfSets(from[0], to[0]);
  if (typeEffect !== "annotation") {
    const what = `the type goes from ${typeNames(from[0])} to ${typeNames(to[0])}`;
    found.push(at("type", "type-changed", typeEffect, what));
  }
  const effect = effectOfSets(from[1], to[1]);
  if (effect === "annotation" || (typeEffect === "changed" && !to[1])) return found;
  const keyword = [before, after].some(({ origins }) => origins.has("enum")) ? "enum" : "const";
  // The generated type of alternatives admits those alone.
  const isApart = [before, after].some(({ origins }) => origins.has(listedApart));
  const isNamed = isOpen && !isApart && from[1] !== undefined && to[1] !== undefined;
  const verdicts: Partial<Readonly<Record<Effect, Verdict>>> = {
    widened: namedLater,
    narrowed: nameLost,
  };
  const verb = verbOf("enum", from[1], to[1], effect);
  const what =
    from[1] && to[1]
      ? `\`${keyword}\` ${shownSets(from[1], to[1])}`
      : shownChange(
          keyword,
          ...([from[1], to[1]].map(
            (set) => set && [...set].map((text) => JSON.parse(text) as unknown),
          ) as [unknown, unknown]),
        );
  found.push(
    at(
      keyword,
      `${keyword}-${keyword === "const" && verb.startsWith("value") ? "changed" : verb}`,
      effect,
      what,
      isNamed ? verdicts[effect] : undefined,
    ),
  );
  return found;
}

function typeNames(types: ReadonlySet<string>): string {
  if (types.size === 0) return "nothing";
  if (types.size >= 6) return "anything";
  return [...types].filter((type) => type !== "integer" || !types.has("number")).join(" or ");
}

function compareFacets(
  before: SchemaForm,
  after: SchemaForm,
  common: ReadonlySet<string>,
  at: Find,
): readonly Difference[] {
  const keywords = new Set([...before.facets.keys(), ...after.facets.keys()]);
  const exchanged = bounds.flatMap((pair) => exchangedBound(pair, before, after, at));
  for (const { keyword, other } of exchanged)
    [keyword, other].forEach((one) => keywords.delete(one));
  const found = [...keywords].flatMap((keyword) => {
    const [from, to] = [before.facets.get(keyword), after.facets.get(keyword)];
    // What a list of values says already is not said again.
    if (!applies(keyword, common) || (before.values && after.values)) return [];
    const effect = keywordEffect(keyword, from, to);
    if (effect === "annotation") return [];
    const name = shortName(keyword);
    const verb =
      keyword === "dependentRequired" && from !== undefined && to !== undefined
        ? "changed"
        : verbOf(keyword, from, to, effect);
    return [at(keyword, `${name}-${verb}`, effect, shownChange(keyword, from, to))];
  });
  return [...found, ...exchanged.map(({ finding }) => finding)];
}

function shortName(keyword: string): string {
  return kebab(keyword).replace("maximum", "max").replace("minimum", "min");
}

/** A bound whose value is allowed in one version and excluded in the other is one change of two keywords. */
function exchangedBound(
  [inclusive, exclusive]: (typeof bounds)[number],
  before: SchemaForm,
  after: SchemaForm,
  at: Find,
): readonly { readonly keyword: string; readonly other: string; readonly finding: Difference }[] {
  for (const [other, keyword] of [
    [inclusive, exclusive],
    [exclusive, inclusive],
  ] as const) {
    const [from, to] = [before.facets.get(other), after.facets.get(keyword)];
    if (typeof from !== "number" || typeof to !== "number") continue;
    const isNarrower =
      from === to ? keyword === exclusive : narrowerNumber(inclusive, from, to) === to;
    const what = `\`${other}\`, which was ${from}, becomes \`${keyword}\`, ${to}`;
    const id = `${shortName(keyword)}-changed`;
    return [
      { keyword, other, finding: at(keyword, id, isNarrower ? "narrowed" : "widened", what) },
    ];
  }
  return [];
}

const defaultVerdicts: Readonly<Record<string, Verdict>> = {
  added: ["minor", "what is left out has a meaning now"],
  changed: [
    "major",
    "a request that leaves it out means something else",
    "Send the value that you mean.",
  ],
  removed: [
    "major",
    "a request that leaves it out means something else",
    "Send the value that you mean.",
  ],
};

function compareDefaults(before: SchemaForm, after: SchemaForm, at: Find): readonly Difference[] {
  if (before.default === after.default) return [];
  const [from, to] = [before, after].map(({ default: text }): unknown => text && JSON.parse(text));
  const verb = verbOf("default", from, to, "changed");
  const finding = at("default", `default-${verb}`, "annotation", shownChange("default", from, to));
  return [
    finding.direction === "request" ? { ...finding, verdict: defaultVerdicts[verb] } : finding,
  ];
}
