import type { OpenApiDocument } from "../open-document.ts";
import type { DocumentedResponse } from "../operation.ts";
import { jsonContent, responseFor } from "../operation.ts";
import type { ResponseRules } from "./response-rules.ts";
import { createResponseRules } from "./response-rules.ts";
import { componentsOf } from "../walk-document.ts";
import type { RuleSite } from "./rule-sites.ts";
import { compileOwnInvariants, findRuleSites, isRuled } from "./rule-sites.ts";

/** The rules of a document, compiled. */
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
  /** The same for one of the document's `operations[…].responses`. */
  readonly rulesOf: (response: DocumentedResponse) => ResponseRules;
}

const noRules = createResponseRules([]);

/**
 * Collects and compiles the rules of a document, so that a rule that cannot be read is known before anything is judged by it.
 *
 * @throws DocumentError `invalid_extension`, `reference_unresolved`, `invalid_pointer`
 * @throws RuleCompileError for a rule that is not a CEL expression, or can never fail.
 */
export function collectRules(document: OpenApiDocument): RuleBook {
  if (!hasRules(document))
    return { schemas: new Map(), rulesFor: () => noRules, rulesOf: () => noRules };
  const operations = new Map(document.operations.map((operation) => [operation.id, operation]));
  const byResponse = new Map<DocumentedResponse, ResponseRules>();
  for (const response of document.operations.flatMap(({ responses }) => responses)) {
    byResponse.set(response, createResponseRules(findResponseSites(document, response)));
  }
  const rulesOf = (response: DocumentedResponse): ResponseRules =>
    byResponse.get(response) ?? noRules;
  return {
    schemas: collectSchemas(document),
    rulesFor: (id, status) => {
      const operation = operations.get(id);
      const response = operation && responseFor(operation, status);
      return response === undefined ? noRules : rulesOf(response);
    },
    rulesOf,
  };
}

function findResponseSites(
  document: OpenApiDocument,
  response: DocumentedResponse,
): readonly RuleSite[] {
  const schemaPointer = jsonContent(response)?.schemaPointer;
  const sites = schemaPointer === undefined ? [] : findRuleSites(document, schemaPointer);
  const { lifecycle } = createResponseRules(sites);
  const { pointer } = response.node;
  const invariants = compileOwnInvariants(document, response.node, lifecycle);
  if (invariants.invariants.length === 0) return sites;
  return [{ path: [], pointer, lifecycle: undefined, invariants }, ...sites];
}

function collectSchemas(document: OpenApiDocument): ReadonlyMap<string, RuleSite> {
  const found = new Map<string, RuleSite>();
  for (const { kind, pointer, value, names } of componentsOf(document.root)) {
    const [name] = names;
    if (kind !== "schema" || name === undefined || !isRuled(value)) continue;
    const own = findRuleSites(document, pointer).find((site) => site.pointer === pointer);
    if (own !== undefined) found.set(name, own);
  }
  return found;
}

function hasRules(document: OpenApiDocument): boolean {
  for (const { value } of document.walk()) if (isRuled(value)) return true;
  return false;
}
