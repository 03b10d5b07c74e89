import type { Direction } from "@qontext/sync-log-document";
import type { Effect } from "./effect.ts";
import type { Finding } from "./finding.ts";
import type { SchemaForm, SchemaReader, Term } from "./schema-form.ts";
import type { Verdict } from "./verdict.ts";

/** Two schemas whose differences are part of what is reported. */
export interface SchemaPair {
  readonly before: SchemaForm;
  readonly after: SchemaForm;
  readonly direction: Direction;
}

/** A difference, or two schemas whose differences it is: what they lead to may lead back to them. */
export type Difference = Finding | SchemaPair;

/** Compares schemas of two documents. */
export interface SchemaComparison {
  readonly base: SchemaReader;
  readonly revision: SchemaReader;
  /** Whether the generated types of response enums admit values that the document does not name. */
  readonly openEnums: boolean;
  /** The same pair for the same schemas. */
  readonly pairOf: (before: SchemaForm, after: SchemaForm, direction: Direction) => SchemaPair;
  readonly pairTerms: (before: Term, after: Term, direction: Direction) => SchemaPair;
  /** All that is different, in the pairs and in what they lead to, each once. */
  readonly expand: (differences: Iterable<Difference>) => readonly Finding[];
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
