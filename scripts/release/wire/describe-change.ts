import type { Direction } from "@qontext/sync-log-document";
import type { Change } from "../release-plan.ts";
import type { WireContext } from "./direction.ts";
import { documentOf } from "./direction.ts";
import type { Effect } from "./effect.ts";
import { describeSets, effectOfSets, valueSet } from "./effect.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import { describePlace } from "./redocly-pointer.ts";
import type { Verdict } from "./verdict.ts";

/** A change on the wire, with what it does to a consumer; `what` names the thing that changed. */
export function describeChange(
  change: RedoclyChange,
  id: string,
  what: string,
  [bump, consequence]: Verdict,
  context: WireContext,
): Change {
  const why = `${describeValues(what, change)}: ${consequence}`;
  return {
    id,
    bump,
    where: describePlace(documentOf(change, context), change.path),
    why,
    source: "wire",
  };
}

const bounds = /^(?:max|min|exclusiveMax|exclusiveMin|multipleOf)/u;
const sets = new Set(["enum", "required", "dependentRequired"]);
const setVerbs: Readonly<Record<Effect, string>> = {
  narrowed: "removed",
  widened: "added",
  annotation: "added",
  changed: "changed",
};

/** The stable name of a kind of change: who, what, how, such as `response-enum-value-added`. */
export function changeId(
  who: Direction | "component",
  keyword: string,
  change: RedoclyChange,
): string {
  return [who, ...subject(keyword, change)].join("-");
}

function subject(keyword: string, change: RedoclyChange): readonly string[] {
  const { kind, baseValue: before, revisionValue: after } = change;
  if (keyword === "type" || keyword === "nullable") {
    const admitsNull = (value: unknown): boolean =>
      keyword === "nullable" ? value === true : Array.isArray(value) && value.includes("null");
    if (admitsNull(before) === admitsNull(after)) return ["type", "changed"];
    return admitsNull(after) ? ["became-nullable"] : ["became-not-nullable"];
  }
  const name = kebab(keyword === "properties" ? "property" : keyword);
  if (kind !== "modified") return [name, kind];
  if (before === undefined) return [name, "added"];
  if (after === undefined) return [name, "removed"];
  if (bounds.test(keyword) && typeof before === "number" && typeof after === "number") {
    return [name, after > before ? "increased" : "decreased"];
  }
  const [from, to] = [valueSet(before), valueSet(after)];
  return sets.has(keyword) && from && to
    ? [name, "value", setVerbs[effectOfSets(from, to)]]
    : [name, "changed"];
}

export function kebab(words: string): string {
  return words.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
}

const maxCharacters = 60;

/** What changed, with the values: `enum gains "paused"`, `maxLength goes from 14 to 13`. */
function describeValues(what: string, change: RedoclyChange): string {
  const { kind, baseValue: before, revisionValue: after } = change;
  const thing = what === "properties" ? "the property" : `\`${what}\``;
  if (kind !== "modified") return `${thing} is ${kind}`;
  const [from, to] = [valueSet(before), valueSet(after)];
  if (from && to) return `${thing} ${describeSets(from, to) || "changes its order"}`;
  if (before === undefined) return `${thing} is set to ${shown(after)}`;
  if (after === undefined) return `${thing}, which was ${shown(before)}, is removed`;
  return `${thing} goes from ${shown(before)} to ${shown(after)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
