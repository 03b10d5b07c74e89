import { compileInvariants } from "./compile-invariants.ts";
import type { JsonObject, Located } from "./document-reader.ts";
import type { CompiledInvariants } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { readInvariants, readLifecycle } from "./read-extensions.ts";
import type { SiteStep } from "./schema-parts.ts";
import { schemaParts } from "./schema-parts.ts";

/** A place in a body that rules are about. */
export interface RuleSite {
  /** From the body to the place; empty for the body itself. */
  readonly path: readonly SiteStep[];
  /** Where the rules stand in the document, as a JSON pointer that starts with `#`. */
  readonly pointer: string;
  readonly lifecycle: Lifecycle | undefined;
  readonly invariants: CompiledInvariants;
}

/**
 * Every place under a schema that rules are about, by all ways that `schemaParts` knows. Of a schema that contains itself the
 * outermost is looked at.
 */
export function findRuleSites(document: JsonObject, schema: Located): readonly RuleSite[] {
  const leading = findLeading(document, schema);
  const sites: RuleSite[] = [];
  const visit = (
    current: Located,
    path: readonly SiteStep[],
    above: ReadonlySet<JsonObject>,
  ): void => {
    if (above.has(current.node) || !leading.has(current.node)) return;
    const lifecycle = readLifecycle(current);
    const invariants = readInvariants(current);
    if (lifecycle !== undefined || invariants.length > 0) {
      const compiled = compileInvariants(invariants, lifecycle);
      sites.push({ path, pointer: current.pointer, lifecycle, invariants: compiled });
    }
    const within = new Set(above).add(current.node);
    for (const part of schemaParts(document, current)) {
      visit(part.schema, [...path, ...part.path], within);
    }
  };
  visit(schema, [], new Set());
  return sites;
}

/**
 * The schemas by which one comes from `root` to a schema with rules. The ways through all others, of which a large document
 * has more than can be walked, are spared.
 */
function findLeading(document: JsonObject, root: Located): ReadonlySet<JsonObject> {
  const wholes = new Map<JsonObject, JsonObject[]>([[root.node, []]]);
  const leading = new Set<JsonObject>();
  const pending = [root];
  // Both loops go on over what they add.
  for (const whole of pending) {
    const { node } = whole;
    if (node["x-invariants"] !== undefined || node["x-lifecycle"] !== undefined) leading.add(node);
    for (const { schema } of schemaParts(document, whole)) {
      const known = wholes.get(schema.node);
      if (known === undefined) pending.push(schema);
      wholes.set(schema.node, [...(known ?? []), node]);
    }
  }
  for (const node of leading) for (const whole of wholes.get(node) ?? []) leading.add(whole);
  return leading;
}
