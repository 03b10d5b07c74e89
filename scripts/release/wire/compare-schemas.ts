import { compareUnions } from "./compare-unions.ts";
import type { Finding } from "./finding.ts";
import type { SchemaComparison } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader } from "./schema-form.ts";

/** Compares the schemas of two documents. */
export function createSchemaComparison(
  base: SchemaReader,
  revision: SchemaReader,
  openEnums: boolean,
): SchemaComparison {
  const known = {
    request: new WeakMap<SchemaForm, Map<SchemaForm, readonly Finding[]>>(),
    response: new WeakMap<SchemaForm, Map<SchemaForm, readonly Finding[]>>(),
  };
  const comparison: SchemaComparison = {
    base,
    revision,
    openEnums,
    compareTerms: (before, after, direction) =>
      comparison.compareForms(base.formOf(before), revision.formOf(after), direction),
    compareForms: (before, after, direction) => {
      const partners = known[direction].get(before) ?? new Map<SchemaForm, readonly Finding[]>();
      known[direction].set(before, partners);
      const found = partners.get(after);
      if (found) return found;
      // A schema within itself is equal as long as nothing else shows that it is not.
      partners.set(after, []);
      const findings = [...new Set(compareUnions(comparison, before, after, direction))];
      partners.set(after, findings);
      return findings;
    },
  };
  return comparison;
}
