import type { Located, OpenApiDocument } from "@qontext/sync-log-document";

/** Schemas that a value must satisfy all together. */
export type Term = readonly Located[];

/** Alternatives: a value must satisfy one of them, or exactly one. */
export interface Union {
  readonly keyword: "anyOf" | "oneOf";
  readonly pointer: string;
  readonly branches: readonly Term[];
}

/** Which schema a value of the discriminating property means. */
export interface Discriminator {
  readonly property: string;
  readonly pointer: string;
  readonly mapping: ReadonlyMap<string, Term>;
}

/** The keywords with one number, text or flag that restricts values. */
export type Facets = ReadonlyMap<string, unknown>;

/**
 * What a schema says, however it is written: references followed, `allOf` joined, `nullable` and `type` as a set, `const` as
 * `enum`, what is at its default left out. Schemas that are equal have equal forms.
 */
export interface SchemaForm {
  readonly types: ReadonlySet<string>;
  /** The values that are listed, as JSON; undefined if none are. */
  readonly values: ReadonlySet<string> | undefined;
  readonly facets: Facets;
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Term>;
  /** Subschemas by their keyword, or by keyword and name: `items`, `patternProperties ^x-`. */
  readonly parts: ReadonlyMap<string, Term>;
  readonly prefix: readonly Term[];
  readonly unions: readonly Union[];
  readonly discriminator: Discriminator | undefined;
  /** Whether a `readOnly` or `writeOnly` takes it out of a direction. */
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** The default as JSON. */
  readonly default: string | undefined;
  /** Where each keyword stands; `""` for the schema as a whole. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Makes the forms of one document's schemas. */
export interface SchemaReader {
  readonly document: OpenApiDocument;
  /** The same object for the same term. */
  readonly formOf: (term: Term) => SchemaForm;
  /** The schema under a member of an object; true and false are schemas, too. */
  readonly termOf: (value: unknown, pointer: string) => Term;
  /** The name of the component that a term is, if it is one. */
  readonly nameOf: (term: Term) => string | undefined;
}

/** Among the origins of a schema whose values are those of alternatives. */
export const listedApart = "alternatives";
