import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";
import { changeId, describeChange } from "./describe-change.ts";
import type { WireContext } from "./direction.ts";
import { documentOf, isExempt, isHidden } from "./direction.ts";
import type { Effect } from "./effect.ts";
import { negated } from "./effect.ts";
import { isAnnotation, keywordEffect } from "./keyword-effect.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import type { SchemaStep } from "./redocly-pointer.ts";
import { schemaTrail } from "./redocly-pointer.ts";
import { subschemaEffect } from "./subschema-effect.ts";
import type { Verdict } from "./verdict.ts";
import { deprecation, documentation, law, noLongerSent } from "./verdict.ts";

/** Rates a change inside a schema; undefined for one that has no rule here. */
export function rateSchemaChange(
  change: RedoclyChange,
  context: WireContext,
): readonly Change[] | undefined {
  const trail = schemaTrail(change.path);
  if (trail === undefined) return undefined;
  const keyword = keywordOf(change, trail);
  // A component that comes or goes is a name; each place that uses it is reported.
  const isComponent = trail.length === 0 && change.path.startsWith("#/components/");
  const directions = isComponent ? [] : context.directionsOf(change);
  if (directions.length === 0) {
    const verdict = ["patch", "the places that send or receive it are rated each"] as const;
    return [
      describeChange(change, changeId("component", keyword, change), keyword, verdict, context),
    ];
  }
  const rated = directions.map((direction) => {
    const seen = keyword === "required" ? withoutExempt(change, direction, context) : change;
    const verdict = verdictOf(seen, keyword, trail, direction, context);
    return (
      verdict && describeChange(seen, changeId(direction, keyword, seen), keyword, verdict, context)
    );
  });
  return rated.every((one) => one !== undefined) ? rated : undefined;
}

function keywordOf(change: RedoclyChange, trail: readonly SchemaStep[]): string {
  if (change.typeName === "DependentRequired") return "dependentRequired";
  if (trail.some(({ keyword }) => keyword === "discriminator")) return "discriminator";
  if (change.kind === "modified") return change.property ?? "schema";
  return trail.at(-1)?.keyword ?? "schema";
}

/** The change without the names in `required` that are never on the wire in this direction. */
function withoutExempt(
  change: RedoclyChange,
  direction: Direction,
  { base, revision }: WireContext,
): RedoclyChange {
  const visible = (names: unknown, document: OpenApiDocument): unknown =>
    Array.isArray(names)
      ? names.filter((name) => !isExempt(document, change.path, String(name), direction))
      : names;
  const baseValue = visible(change.baseValue, base);
  return { ...change, baseValue, revisionValue: visible(change.revisionValue, revision) };
}

const visibilityKeywords = new Set(["readOnly", "writeOnly"]);

function verdictOf(
  change: RedoclyChange,
  keyword: string,
  trail: readonly SchemaStep[],
  direction: Direction,
  context: WireContext,
): Verdict | undefined {
  const { kind, path, baseValue, revisionValue } = change;
  if (!visibilityKeywords.has(keyword) && isHidden(documentOf(change, context), path, direction)) {
    return ["patch", `it is not on the wire in a ${direction}`];
  }
  const special = specialCase(change, keyword, direction, context);
  if (special) return special;
  const own =
    kind === "modified" || keyword === "dependentRequired"
      ? keywordEffect(keyword, baseValue, revisionValue)
      : subschemaEffect(change, trail, context);
  const around = kind === "modified" ? trail : trail.slice(0, -1);
  return own && law[direction][inContext(own, around)];
}

/** A condition selects, and what it selects decides: a change in `if` has no side. `not` turns sides round. */
function inContext(effect: Effect, trail: readonly SchemaStep[]): Effect {
  return trail.reduce<Effect>((seen, { keyword }) => {
    if (keyword === "not") return negated(seen);
    return keyword === "if" && seen !== "annotation" ? "changed" : seen;
  }, effect);
}

/** Rules for keywords that do not restrict values, or whose restrictions consumers do not meet as such. */
function specialCase(
  change: RedoclyChange,
  keyword: string,
  direction: Direction,
  { openEnums }: WireContext,
): Verdict | undefined {
  const { kind, baseValue, revisionValue } = change;
  if (keyword === "x-lifecycle" || keyword === "x-invariants") {
    return ["minor", "waits, the mock and contract runs follow it"];
  }
  if (isAnnotation(keyword)) return documentation;
  if (keyword === "deprecated") return deprecation;
  if (visibilityKeywords.has(keyword)) {
    return ["minor", "the values that are exchanged stay the same"];
  }
  if (keyword === "default") {
    return direction === "request"
      ? ["minor", "a request that leaves it out means something else"]
      : law.response.annotation;
  }
  if (keyword === "format" && direction === "response") {
    return ["minor", "the JSON type stays; only a reader that parses the text must look"];
  }
  if (keyword === "discriminator") {
    return change.property === "propertyName"
      ? ["major", "the alternatives are told apart by another property"]
      : ["minor", "the alternatives stay, with another hint to tell them apart"];
  }
  if (keyword === "properties" && kind !== "modified") return property[direction][kind];
  const isOpen = direction === "response" && openEnums && Array.isArray(revisionValue);
  if (
    keyword === "enum" &&
    isOpen &&
    keywordEffect("enum", baseValue, revisionValue) === "widened"
  ) {
    return ["minor", "the generated type admits values that have no name yet"];
  }
  return undefined;
}

/** A property is written or read by its name, so the set of values that the object allowed before does not matter. */
const property: Readonly<Record<Direction, Readonly<Record<"added" | "removed", Verdict>>>> = {
  request: {
    added: ["minor", "it can be sent, and need not be unless it is required"],
    removed: noLongerSent,
  },
  response: {
    added: ["minor", "it can be read"],
    removed: ["major", "consumers that read it find nothing"],
  },
};
