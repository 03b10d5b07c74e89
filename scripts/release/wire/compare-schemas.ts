import type { Direction } from "@qontext/sync-log-document";
import { compareUnions } from "./compare-unions.ts";
import type { Finding } from "./finding.ts";
import type { Difference, SchemaComparison, SchemaPair } from "./schema-comparison.ts";
import type { SchemaForm, SchemaReader } from "./schema-form.ts";

type Pairs = WeakMap<SchemaForm, Map<SchemaForm, SchemaPair>>;

/** Compares the schemas of two documents. */
export function createSchemaComparison(
  base: SchemaReader,
  revision: SchemaReader,
  openEnums: boolean,
): SchemaComparison {
  const pairs: Record<Direction, Pairs> = { request: new WeakMap(), response: new WeakMap() };
  const found = new Map<SchemaPair, readonly Difference[]>();
  const comparison: SchemaComparison = {
    base,
    revision,
    openEnums,
    pairTerms: (before, after, direction) =>
      comparison.pairOf(base.formOf(before), revision.formOf(after), direction),
    pairOf: (before, after, direction) => {
      const partners = pairs[direction].get(before) ?? new Map<SchemaForm, SchemaPair>();
      pairs[direction].set(before, partners);
      const pair = partners.get(after) ?? { before, after, direction };
      partners.set(after, pair);
      return pair;
    },
    // A large document has longer ways through its schemas than a call stack.
    expand: (differences) => {
      const seen = new Set(differences);
      const findings: Finding[] = [];
      for (const difference of seen) {
        if (!("before" in difference)) findings.push(difference);
        else for (const one of differencesOf(difference)) seen.add(one);
      }
      return findings;
    },
  };
  const differencesOf = (pair: SchemaPair): readonly Difference[] => {
    const known = found.get(pair);
    if (known) return known;
    // A schema within itself is equal as long as nothing else shows that it is not.
    found.set(pair, []);
    const differences = compareUnions(comparison, pair.before, pair.after, pair.direction);
    found.set(pair, differences);
    return differences;
  };
  return comparison;
}
