import { compileInvariants } from "./compile-invariants.ts";
import type { JsonObject, Located } from "./document-reader.ts";
import { followReference, isJsonObject, joinPointer, objectMembers } from "./document-reader.ts";
import type { CompiledInvariants } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { readInvariants, readLifecycle } from "./read-extensions.ts";

/** Stands for every item of an array, or every member of an object, in the path of a {@link RuleSite}. */
export const eachMember: unique symbol = Symbol("each member");

/** One step from a value into it: a property, or each member. */
export type SiteStep = string | typeof eachMember;

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
 * Every place under a schema that rules are about: through `$ref`, `allOf`, `properties`, `items`, `additionalProperties`, and
 * an `anyOf` or `oneOf` that only adds `null`. Of a schema that contains itself the outermost is looked at.
 */
export function findRuleSites(document: JsonObject, schema: Located): readonly RuleSite[] {
  const sites: RuleSite[] = [];
  visit(document, schema, [], new Set(), sites);
  return sites;
}

function visit(
  document: JsonObject,
  schema: Located,
  path: readonly SiteStep[],
  above: ReadonlySet<JsonObject>,
  sites: RuleSite[],
): void {
  const { node, pointer } = schema;
  if (above.has(node)) return;
  const within = new Set(above).add(node);
  const lifecycle = readLifecycle(schema);
  const invariants = readInvariants(schema);
  if (lifecycle !== undefined || invariants.length > 0) {
    sites.push({ path, pointer, lifecycle, invariants: compileInvariants(invariants, lifecycle) });
  }
  const go = (next: unknown, at: string, step?: SiteStep): void => {
    if (!isJsonObject(next)) return;
    const nextPath: readonly SiteStep[] = step === undefined ? path : [...path, step];
    visit(document, { node: next, pointer: at }, nextPath, within, sites);
  };
  // One step at a time: what stands beside a $ref counts too.
  const target = followReference(document, schema);
  if (target !== schema) go(target.node, target.pointer);
  for (const { node: part, pointer: at } of sameValueParts(schema)) go(part, at);
  for (const [name, part] of objectMembers(
    node["properties"],
    joinPointer(pointer, "properties"),
  )) {
    go(part.node, part.pointer, name);
  }
  for (const key of ["items", "additionalProperties"]) {
    go(node[key], joinPointer(pointer, key), eachMember);
  }
}

/** The parts of a schema that are about the same value and certainly apply to it, unless it is null. */
function sameValueParts({ node, pointer }: Located): readonly Located[] {
  const parts = (key: string): readonly Located[] => {
    const list = Array.isArray(node[key]) ? node[key] : [];
    return list.flatMap((part: unknown, index) =>
      isJsonObject(part)
        ? [{ node: part, pointer: joinPointer(joinPointer(pointer, key), index) }]
        : [],
    );
  };
  const oneBranch = (key: string): readonly Located[] => {
    const branches = parts(key).filter(({ node: branch }) => branch["type"] !== "null");
    return branches.length === 1 ? branches : [];
  };
  return [...parts("allOf"), ...oneBranch("anyOf"), ...oneBranch("oneOf")];
}
