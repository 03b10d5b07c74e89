import type { Direction } from "@qontext/sync-log-document";

const bumps = ["none", "patch", "minor", "major"] as const;

/** Which part of the version a release must raise. */
export type Bump = (typeof bumps)[number];

/** Negative if the first is less than the second. */
export function compareBumps(one: Bump, other: Bump): number {
  return bumps.indexOf(one) - bumps.indexOf(other);
}

/** The greater of two bumps. */
export function greaterBump(one: Bump, other: Bump): Bump {
  return compareBumps(one, other) >= 0 ? one : other;
}

/** The greatest bump that a list of changes needs; `none` for an empty list. */
export function greatestBump(changes: readonly { readonly bump: Bump }[]): Bump {
  return changes.reduce<Bump>((greatest, { bump }) => greaterBump(greatest, bump), "none");
}

/** One difference between two versions, with the bump it needs and the reason. */
export interface Change {
  /** What kind of change this is, such as `response-enum-value-added`. */
  readonly id: string;
  /** The least that a release must be; a plan does not list a change that needs none. */
  readonly bump: Bump;
  /** The place, in words a reader of the document knows: `Pet.owner.name`. */
  readonly where: string;
  /** What changed: `maxLength` goes from 20 to 10. */
  readonly what: string;
  /** What that does to a consumer. */
  readonly why: string;
  /** What a consumer does about it. */
  readonly remedy?: string | undefined;
  /** Which way what changed goes; undefined for both ways, and for what is not sent. */
  readonly direction?: Direction | undefined;
  /** Which of the comparisons saw it. */
  readonly source: "wire" | "rules" | "surface" | "output";
  /** The folders of the packages whose consumers see it; undefined for all that carry the document. */
  readonly packages?: readonly string[] | undefined;
}

/** Every change between two versions, and the bump that all of them need. */
export interface ReleasePlan {
  readonly bump: Bump;
  /** Each change that needs a release once, the greatest bump first. */
  readonly changes: readonly Change[];
  /** What was compared with what. */
  readonly compared: { readonly base: string; readonly revision: string };
  /** What could not be compared, and why. */
  readonly notes: readonly string[];
}

export function createReleasePlan(
  compared: ReleasePlan["compared"],
  found: readonly Change[],
  notes: readonly string[],
): ReleasePlan {
  const changes = mergeChanges(found.filter(({ bump }) => bump !== "none")).toSorted(
    (a, b) =>
      compareBumps(b.bump, a.bump) || compareTexts(a.where, b.where) || compareTexts(a.id, b.id),
  );
  return { bump: greatestBump(changes), changes, compared, notes };
}

/** In the same order on every machine. */
function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/**
 * Each change once, with the greatest bump it has: what is both sent and answered is one change, and what is on the wire is
 * not said again of the types that it shows in.
 */
function mergeChanges(found: readonly Change[]): readonly Change[] {
  const merged = new Map<string, Change>();
  for (const change of found) {
    const key = JSON.stringify([change.where, change.what, change.source]);
    const known = merged.get(key);
    if (!known) merged.set(key, change);
    else merged.set(key, mergeTwo(known, change));
  }
  const wire = [...merged.values()].filter(({ source }) => source === "wire");
  const lists = wire.filter(({ id }) => id.includes("enum-value-"));
  const greatest = new Map<string, Bump>();
  for (const { where, bump } of wire) {
    greatest.set(where, greaterBump(bump, greatest.get(where) ?? "none"));
  }
  const seen = [...merged.values()].filter(
    ({ id, where, what, bump }) =>
      !(shown.test(id) && compareBumps(greatest.get(where) ?? "none", bump) >= 0) &&
      !(
        listed.test(id) &&
        lists.some((list) => compareBumps(list.bump, bump) >= 0 && saysAll(list, what))
      ),
  );
  // The floor is said only where nothing else is.
  const isSaid = seen.some(({ source, packages }) => source !== "output" && packages === undefined);
  return seen.filter(({ source }) => source !== "output" || !isSaid);
}

/** What the types show of the document; the others are about names. */
const shown = /^types-(?:request|response|operation-(?:added|removed)$)/u;

/** The lists that are made of an enum. */
const listed = /^types-(?:known-value-|(?:request|response)-(?:open-)?union-changed$)/u;

/** Whether a change names all the values that a list gains or loses. */
function saysAll({ what }: Change, values: string): boolean {
  const named = values.match(/"(?:[^"\\]|\\.)*"/gu) ?? [];
  return named.length > 0 && named.every((value) => what.includes(value));
}

function mergeTwo(one: Change, other: Change): Change {
  const order = compareBumps(one.bump, other.bump);
  const greater = order >= 0 ? one : other;
  const packages = one.packages &&
    other.packages && [...new Set([...one.packages, ...other.packages])];
  // The direction that needs more is the one that matters.
  const direction =
    order === 0 && one.direction !== other.direction ? undefined : greater.direction;
  return { ...greater, packages, direction };
}
