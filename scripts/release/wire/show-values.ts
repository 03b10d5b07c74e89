import type { Effect } from "./effect.ts";

const maxCharacters = 80;
/** How much of what is equal is shown before what differs. */
const context = 20;

/** A value as a reader of the document knows it, cut if it is long. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}

/** Two values that differ, cut so that the difference is seen. */
export function shownBoth(before: unknown, after: unknown): readonly [string, string] {
  const [one, other] = [before, after].map((value) => JSON.stringify(value) ?? "nothing");
  if (one === undefined || other === undefined) return ["nothing", "nothing"];
  if (Math.max(one.length, other.length) <= maxCharacters) return [one, other];
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const from = Math.max(0, start - context);
  const cut = (text: string): string => {
    const part = text.slice(from, from + maxCharacters);
    return `${from > 0 ? "…" : ""}${part}${from + maxCharacters < text.length ? "…" : ""}`;
  };
  return [cut(one), cut(other)];
}

/** `gains "paused" and loses "failed"`; empty when it stays the same. */
export function shownSets(before: ReadonlySet<string>, after: ReadonlySet<string>): string {
  const [gained, lost] = [shownWithout(after, before), shownWithout(before, after)];
  return [gained && `gains ${gained}`, lost && `loses ${lost}`].filter(Boolean).join(" and ");
}

function shownWithout(set: ReadonlySet<string>, others: ReadonlySet<string>): string {
  return shown([...set].filter((item) => !others.has(item)).join(", "));
}

/** What happened to the value of a keyword. */
export function shownChange(name: string, before: unknown, after: unknown): string {
  if (before === undefined) return `\`${name}\` is added: ${shown(JSON.stringify(after))}`;
  if (after === undefined) return `\`${name}\` is removed: it was ${shown(JSON.stringify(before))}`;
  const [from, to] = shownBoth(before, after);
  return `\`${name}\` goes from ${from} to ${to}`;
}

const bounds = /^(?:max|min|exclusiveMax|exclusiveMin)/u;

/** How a keyword changed, in the words of an id: `increased`, `value-removed`. */
export function verbOf(keyword: string, before: unknown, after: unknown, effect: Effect): string {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  if (bounds.test(keyword)) return Number(after) > Number(before) ? "increased" : "decreased";
  if (keyword !== "enum") return "changed";
  if (effect === "narrowed") return "value-removed";
  return effect === "widened" ? "value-added" : "value-changed";
}

export function kebab(words: string): string {
  return words
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "-")
    .replaceAll(/[^\w-]+/gu, "-")
    .replace(/^-/u, "")
    .toLowerCase();
}
