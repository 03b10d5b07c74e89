/** One thing that a validator found, as a Standard Schema reports it. */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
  /** The keyword of JSON Schema that does not hold, where the validator says it. */
  readonly keyword?: string;
}
