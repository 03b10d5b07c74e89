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

/** The effect of several at once. */
export function combined(effects: Iterable<Effect>): Effect {
  const found = new Set(effects);
  if (found.has("changed") || (found.has("narrowed") && found.has("widened"))) return "changed";
  if (found.has("narrowed")) return "narrowed";
  return found.has("widened") ? "widened" : "annotation";
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
  const loses = [...before].some((item) => !after.has(item));
  const gains = [...after].some((item) => !before.has(item));
  if (loses && gains) return "changed";
  if (loses) return "narrowed";
  return gains ? "widened" : "annotation";
}
