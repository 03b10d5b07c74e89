import type { Direction } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import type { Finding } from "./finding.ts";
import type { SchemaForm, SchemaReader, Term } from "./schema-form.ts";
import type { Verdict } from "./verdict.ts";

/** Compares schemas of two documents, whose differences are found once for each pair and direction. */
export interface SchemaComparison {
  readonly base: SchemaReader;
  readonly revision: SchemaReader;
  /** Whether the generated types of response enums admit values that the document does not name. */
  readonly openEnums: boolean;
  readonly compareTerms: (before: Term, after: Term, direction: Direction) => readonly Finding[];
  readonly compareForms: (
    before: SchemaForm,
    after: SchemaForm,
    direction: Direction,
  ) => readonly Finding[];
}

/** Makes a finding of what happened to a keyword. */
export type Find = (
  keyword: string,
  id: string,
  effect: Effect,
  what: string,
  verdict?: Verdict,
  side?: "base" | "revision",
) => Finding;

/** Makes findings at the place of a keyword: in the revision, or in the base if it is gone. */
export function finder(before: SchemaForm, after: SchemaForm, direction: Direction): Find {
  return (keyword, id, effect, what, verdict, side) => {
    const isGone = !after.origins.has(keyword) && before.origins.has(keyword);
    const on = side ?? (isGone ? "base" : "revision");
    const { origins } = on === "base" ? before : after;
    const pointer = origins.get(keyword) ?? origins.get("") ?? "#";
    return { id, direction, effect, verdict, side: on, pointer, what };
  };
}
