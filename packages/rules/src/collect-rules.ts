import { compileInvariants } from "./compile-invariants.ts";
import type { JsonObject, Located } from "./document-reader.ts";
import { isJsonObject, joinPointer, objectMembers, resolveReference } from "./document-reader.ts";
import { readInvariants } from "./read-extensions.ts";
import type { ResponseRules } from "./response-rules.ts";
import { createResponseRules } from "./response-rules.ts";
import type { RuleSite } from "./rule-sites.ts";
import { findRuleSites } from "./rule-sites.ts";

/** All rules of a document. */
export interface RuleBook {
  /** The component schemas that have rules of their own, by name. */
  readonly schemas: ReadonlyMap<string, RuleSite>;
  /**
   * The rules of a response, and of the schema of its JSON body; without any if there are none.
   *
   * @param operation - The operationId, or `GET /the/{path}` for an operation without one.
   * @param status - Looked up as OpenAPI does: the status itself, then its range (`5XX`), then `default`.
   */
  readonly rulesFor: (operation: string, status: number) => ResponseRules;
}

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);
const noRules = createResponseRules([]);

/**
 * Collects and compiles every `x-invariants` and `x-lifecycle` of an OpenAPI 3.0 or 3.1 document. One without any gives an
 * empty book.
 *
 * @param document - A bundled document: each `$ref` starts with `#`.
 * @throws {@link RuleBookError} if an extension has another shape or a reference leads to nothing.
 * @throws {@link RuleCompileError} if a rule does not compile.
 */
export function collectRules(document: unknown): RuleBook {
  const responses = new Map<string, ReadonlyMap<string, ResponseRules>>();
  if (!isJsonObject(document) || !mentionsRules(document, new Set())) {
    return { schemas: new Map(), rulesFor: () => noRules };
  }
  for (const [path, item] of objectMembers(document["paths"], "#/paths")) {
    const resolved = resolveReference(document, item);
    for (const [method, operation] of objectMembers(resolved.node, resolved.pointer)) {
      if (!methods.has(method)) continue;
      const { operationId } = operation.node;
      const key = typeof operationId === "string" ? operationId : `${method.toUpperCase()} ${path}`;
      responses.set(key, collectResponses(document, operation));
    }
  }
  return {
    schemas: collectSchemas(document),
    rulesFor: (operation, status) => {
      const byStatus = responses.get(operation);
      const range = `${Math.floor(status / 100)}XX`;
      return (
        byStatus?.get(String(status)) ?? byStatus?.get(range) ?? byStatus?.get("DEFAULT") ?? noRules
      );
    },
  };
}

function collectResponses(
  document: JsonObject,
  operation: Located,
): ReadonlyMap<string, ResponseRules> {
  const rules = new Map<string, ResponseRules>();
  const pointer = joinPointer(operation.pointer, "responses");
  for (const [status, reference] of objectMembers(operation.node["responses"], pointer)) {
    const sites = findResponseSites(document, resolveReference(document, reference));
    rules.set(status.toUpperCase(), createResponseRules(sites));
  }
  return rules;
}

function findResponseSites(document: JsonObject, response: Located): readonly RuleSite[] {
  const content = objectMembers(response.node["content"], joinPointer(response.pointer, "content"));
  const json = content.find(([mediaType]) => /[/+]json\b/i.test(mediaType))?.[1];
  const schema = json?.node["schema"];
  const sites =
    json !== undefined && isJsonObject(schema)
      ? findRuleSites(document, { node: schema, pointer: joinPointer(json.pointer, "schema") })
      : [];
  const invariants = readInvariants(response);
  if (invariants.length === 0) return sites;
  const { lifecycle } = createResponseRules(sites);
  const { pointer } = response;
  return [
    {
      path: [],
      pointer,
      lifecycle: undefined,
      invariants: compileInvariants(invariants, lifecycle),
    },
    ...sites,
  ];
}

function collectSchemas(document: JsonObject): ReadonlyMap<string, RuleSite> {
  const components = document["components"];
  const schemas = isJsonObject(components) ? components["schemas"] : undefined;
  const found = new Map<string, RuleSite>();
  for (const [name, schema] of objectMembers(schemas, "#/components/schemas")) {
    const own = findRuleSites(document, schema).find((site) => site.pointer === schema.pointer);
    if (own !== undefined) found.set(name, own);
  }
  return found;
}

/** Spares a document of many megabytes the walk through every response. */
function mentionsRules(value: unknown, seen: Set<object>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  return Object.entries(value).some(
    ([key, member]) =>
      key === "x-invariants" || key === "x-lifecycle" || mentionsRules(member, seen),
  );
}
