import type { Bump } from "../../../release/release-plan.ts";
import { greatestBump } from "../../../release/release-plan.ts";
import type { Editable } from "./base-document.ts";
import { baseDocument } from "./base-document.ts";
import { changesBetween } from "./compare-values.ts";

export type Edit = (document: Editable) => void;

/** What an edit asks of the version; with two edits, the first is made in both documents. */
export type LawRow = readonly [change: string, bump: Bump, id: string, edit: Edit, then?: Edit];

/** What the edits of a row need. */
export function rate([, , , edit, then]: LawRow): {
  readonly bump: Bump;
  readonly ids: readonly string[];
} {
  const [base, revision] = [baseDocument(), baseDocument()];
  edit(revision);
  if (then) {
    edit(base);
    then(revision);
  }
  const changes = changesBetween(base, revision, { openEnums: true });
  return { bump: greatestBump(changes), ids: changes.map(({ id }) => id) };
}

/** A row with the words that its test is named by. */
export function named(row: LawRow): readonly [change: string, bump: Bump, row: LawRow] {
  return [row[0], row[1], row];
}

export const pet = (document: Editable): Editable => document.components.schemas.Pet;
export const newPet = (document: Editable): Editable => document.components.schemas.NewPet;
export const getPet = (document: Editable): Editable => document.paths["/pets/{petId}"].get;
export const createPet = (document: Editable): Editable => document.paths["/pets"].post;
