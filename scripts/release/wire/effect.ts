/** What a change does to the set of values a schema allows. */
export type Effect =
  /** Fewer values are allowed. */
  | "narrowed"
  /** More values are allowed. */
  | "widened"
  /** Neither set holds the other, or it cannot be told. */
  | "changed"
  /** Words about the values changed, not the values. */
  | "annotation";

/** The effect on the whole of an effect on a subschema under `not`. */
export function negated(effect: Effect): Effect {
  if (effect === "narrowed") return "widened";
  return effect === "widened" ? "narrowed" : effect;
}

/** The effect of a set of allowed things that became another; undefined stands for "everything". */
export function effectOfSets(
  before: ReadonlySet<unknown> | undefined,
  after: ReadonlySet<unknown> | undefined,
): Effect {
  if (!before || !after) {
    if (before === after) return "annotation";
    return after ? "narrowed" : "widened";
  }
  const loses = without(before, after).length > 0;
  const gains = without(after, before).length > 0;
  if (loses && gains) return "changed";
  if (loses) return "narrowed";
  return gains ? "widened" : "annotation";
}

/** What a set gains and loses: `gains "paused" and loses "failed"`; empty when it stays the same. */
export function describeSets(before: ReadonlySet<unknown>, after: ReadonlySet<unknown>): string {
  const [gained, lost] = [without(after, before), without(before, after)];
  return [
    gained.length > 0 ? `gains ${gained.join(", ")}` : "",
    lost.length > 0 ? `loses ${lost.join(", ")}` : "",
  ]
    .filter(Boolean)
    .join(" and ");
}

function without(set: ReadonlySet<unknown>, others: ReadonlySet<unknown>): readonly unknown[] {
  return [...set].filter((item) => !others.has(item));
}

/** The values of a list as JSON, so that equal ones are the same; undefined for anything but a list. */
export function valueSet(value: unknown): ReadonlySet<unknown> | undefined {
  return Array.isArray(value) ? new Set(value.map((item) => JSON.stringify(item))) : undefined;
}
