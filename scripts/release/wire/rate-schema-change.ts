import type { Change } from "../change.ts";
import { changeId } from "./change-id.ts";
import { describePlace } from "./describe-place.ts";
import { describeValues } from "./describe-values.ts";
import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import { negated } from "./effect.ts";
import { isAnnotation, keywordEffect } from "./keyword-effect.ts";
import type { RedoclyChange } from "./redocly-change.ts";
import type { SchemaStep } from "./schema-trail.ts";
import { schemaTrail } from "./schema-trail.ts";
import { subschemaEffect } from "./subschema-effect.ts";
import { isExempt, isHidden } from "./visibility.ts";
import type { Verdict } from "./verdict.ts";
import { deprecation, documentation, noLongerSent, verdictOfEffect } from "./verdict.ts";
import type { WireContext } from "./wire-context.ts";

/** Rates a change inside a schema; undefined for one that has no rule here. */
export function rateSchemaChange(
  change: RedoclyChange,
  context: WireContext,
): readonly Change[] | undefined {
  const trail = schemaTrail(change.path);
  if (trail === undefined) return undefined;
  const keyword = keywordOf(change, trail);
  // A component that comes or goes is a name; the places that use it are reported each.
  const isComponent = trail.length === 0 && change.path.startsWith("#/components/");
  const directions = isComponent ? [] : context.directionsOf(change);
  if (directions.length === 0) return [unreached(change, keyword, context)];
  const rated = directions.map((direction) =>
    rateInDirection(change, keyword, trail, direction, context),
  );
  return rated.every((one) => one !== undefined) ? rated : undefined;
}

function keywordOf(change: RedoclyChange, trail: readonly SchemaStep[]): string {
  if (change.typeName === "DependentRequired") return "dependentRequired";
  if (trail.some(({ keyword }) => keyword === "discriminator")) return "discriminator";
  if (change.kind === "modified") return change.property ?? "schema";
  return trail.at(-1)?.keyword ?? "schema";
}

function rateInDirection(
  change: RedoclyChange,
  keyword: string,
  trail: readonly SchemaStep[],
  direction: Direction,
  context: WireContext,
): Change | undefined {
  const document = change.kind === "removed" ? context.base : context.revision;
  const hidden = isHidden(document, change.path, direction) && !visibilityKeywords.has(keyword);
  const { before, after } = wireValues(change, keyword, direction, context);
  const rated = hidden
    ? (["patch", `it is not on the wire in a ${direction}`] as const)
    : verdictOf(
        { ...change, baseValue: before, revisionValue: after },
        keyword,
        trail,
        direction,
        context,
      );
  if (!rated) return undefined;
  const [bump, consequence] = rated;
  return {
    id: changeId(direction, keyword, change.kind, before, after),
    bump,
    where: describePlace(document, change.path),
    why: `${describeValues(keyword, change.kind, before, after)}: ${consequence}`,
    source: "wire",
  };
}

const visibilityKeywords = new Set(["readOnly", "writeOnly"]);

/** The two values, without the names in `required` that are never on the wire in this direction. */
function wireValues(
  change: RedoclyChange,
  keyword: string,
  direction: Direction,
  context: WireContext,
): { readonly before: unknown; readonly after: unknown } {
  if (keyword !== "required") return { before: change.baseValue, after: change.revisionValue };
  const visible = (names: unknown, document: OpenApiDocument): unknown =>
    Array.isArray(names)
      ? names.filter((name) => !isExempt(document, change.path, String(name), direction))
      : names;
  return {
    before: visible(change.baseValue, context.base),
    after: visible(change.revisionValue, context.revision),
  };
}

function verdictOf(
  change: RedoclyChange,
  keyword: string,
  trail: readonly SchemaStep[],
  direction: Direction,
  context: WireContext,
): Verdict | undefined {
  const special = specialCase(change, keyword, direction, context);
  if (special) return special;
  const own =
    change.kind === "modified" || keyword === "dependentRequired"
      ? keywordEffect(keyword, change.baseValue, change.revisionValue)
      : subschemaEffect(change, trail, context);
  if (own === undefined) return undefined;
  const around = change.kind === "modified" ? trail : trail.slice(0, -1);
  return verdictOfEffect(inContext(own, around), direction);
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
  context: WireContext,
): Verdict | undefined {
  if (isAnnotation(keyword)) return annotation(keyword);
  if (keyword === "deprecated") return deprecation;
  if (visibilityKeywords.has(keyword)) {
    return ["minor", "the values that are exchanged stay the same"];
  }
  if (keyword === "default") {
    return direction === "request"
      ? ["minor", "a request that leaves it out means something else"]
      : ["patch", "every answer keeps its meaning"];
  }
  if (keyword === "format" && direction === "response") {
    return ["minor", "the JSON type stays; only a reader that parses the text must look"];
  }
  if (keyword === "discriminator") return discriminator(change);
  if (keyword === "properties" && change.kind !== "modified")
    return property(change.kind, direction);
  const opens = keywordEffect(keyword, change.baseValue, change.revisionValue) === "widened";
  if (
    keyword === "enum" &&
    direction === "response" &&
    context.openEnums &&
    opens &&
    Array.isArray(change.revisionValue)
  ) {
    return ["minor", "the generated type admits values that have no name yet"];
  }
  return undefined;
}

function annotation(keyword: string): Verdict {
  return keyword === "x-lifecycle" || keyword === "x-invariants"
    ? ["minor", "waits, the mock and contract runs follow it"]
    : documentation;
}

/** A property is written or read by its name, so the set of values that the object allowed before does not matter. */
function property(kind: "added" | "removed", direction: Direction): Verdict {
  if (kind === "added") {
    return direction === "request"
      ? ["minor", "it can be sent, and need not be unless it is required"]
      : ["minor", "it can be read"];
  }
  return direction === "request" ? noLongerSent : ["major", "consumers that read it find nothing"];
}

function discriminator(change: RedoclyChange): Verdict {
  return change.property === "propertyName"
    ? ["major", "the alternatives are told apart by another property"]
    : ["minor", "the alternatives stay, with another hint to tell them apart"];
}

function unreached(change: RedoclyChange, keyword: string, context: WireContext): Change {
  const document = change.kind === "removed" ? context.base : context.revision;
  return {
    id: changeId("component", keyword, change.kind, change.baseValue, change.revisionValue),
    bump: "patch",
    where: describePlace(document, change.path),
    why: `${describeValues(keyword, change.kind, change.baseValue, change.revisionValue)}: the places that send or receive it are rated each`,
    source: "wire",
  };
}
