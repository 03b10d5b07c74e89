import { DocumentError } from "../document-error.ts";
import { compileInvariants } from "./compile-invariants.ts";
import { isJsonObject } from "../json.ts";
import { appendPointer } from "../json-pointer.ts";
import type { JsonObject } from "../json.ts";
import type { OpenApiDocument } from "../open-document.ts";
import type { Located } from "../walk-document.ts";
import type { CompiledInvariants } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { readInvariants, readLifecycle } from "./extensions.ts";
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

/** A document that has more ways to its rules than this, or longer ones, has them by design. */
const maxVisits = 20_000;
const maxLevels = 500;

/**
 * Every place under a schema that rules are about, by all ways that `schemaParts` knows. Of a schema that contains itself the
 * outermost is looked at.
 *
 * @throws DocumentError `invalid_extension` for more ways to rules than can be followed.
 */
export function findRuleSites(document: OpenApiDocument, pointer: string): readonly RuleSite[] {
  const value = document.at(pointer);
  if (!isJsonObject(value)) return [];
  const schema: Located = { pointer, value };
  const leading = findLeading(document, schema);
  const sites: RuleSite[] = [];
  const known = new Map<JsonObject, CompiledRules>();
  let visits = 0;
  const visit = (
    current: Located,
    path: readonly SiteStep[],
    above: ReadonlySet<JsonObject>,
  ): void => {
    if (above.has(current.value) || !leading.has(current.value)) return;
    visits += 1;
    if (visits > maxVisits || above.size > maxLevels) {
      const problem = "more ways lead from here to invariants than can be followed.";
      throw new DocumentError("invalid_extension", problem, {
        pointer,
        place: document.locate(pointer),
      });
    }
    if (isRuled(current.value)) {
      const rules = known.get(current.value) ?? compileRules(document, current);
      known.set(current.value, rules);
      sites.push({ path, pointer: current.pointer, ...rules });
    }
    const within = new Set(above).add(current.value);
    for (const part of schemaParts(document, current)) {
      visit(part.schema, [...path, ...part.path], within);
    }
  };
  visit(schema, [], new Set());
  return sites;
}

type CompiledRules = Pick<RuleSite, "lifecycle" | "invariants">;

function compileRules(document: OpenApiDocument, schema: Located): CompiledRules {
  const lifecycle = readLifecycle(document, schema);
  return { lifecycle, invariants: compileOwnInvariants(document, schema, lifecycle) };
}

/** The invariants of a schema or response, compiled; errors say where in the document they stand. */
export function compileOwnInvariants(
  document: OpenApiDocument,
  owner: Located,
  lifecycle: Lifecycle | undefined,
): CompiledInvariants {
  return compileInvariants(readInvariants(document, owner), lifecycle, (index) => {
    const pointer = appendPointer(owner.pointer, "x-invariants", index, "rule");
    return { pointer, place: document.locate(pointer) };
  });
}

/**
 * The schemas by which one comes from `root` to a schema with rules. The ways through all others, of which a large document
 * has more than can be walked, are spared.
 */
function findLeading(document: OpenApiDocument, root: Located): ReadonlySet<JsonObject> {
  const wholes = new Map<JsonObject, JsonObject[]>([[root.value, []]]);
  const leading = new Set<JsonObject>();
  const pending = [root];
  // Both loops go on over what they add.
  for (const whole of pending) {
    const { value: node } = whole;
    if (isRuled(node)) leading.add(node);
    for (const { schema } of schemaParts(document, whole)) {
      const known = wholes.get(schema.value);
      if (known === undefined) pending.push(schema);
      wholes.set(schema.value, [...(known ?? []), node]);
    }
  }
  for (const node of leading) for (const whole of wholes.get(node) ?? []) leading.add(whole);
  return leading;
}

/** Whether an object has rules of its own. */
export function isRuled(value: JsonObject): boolean {
  return value["x-invariants"] !== undefined || value["x-lifecycle"] !== undefined;
}
