import type { Operation } from "../operation.ts";
import { successResponses } from "../operation.ts";
import type { OpenApiDocument } from "../open-document.ts";
import type { RuleBook } from "./collect-rules.ts";
import type { RuleSite } from "./rule-sites.ts";
import { eachMember } from "./schema-parts.ts";

/** An operation that lists resources, and the one that reads each of them. */
export interface Collection {
  /** Answers with the list. */
  readonly list: Operation;
  /** Answers with one of its items. */
  readonly item: Operation;
  /** From the body of `list` to the list itself, by property; empty if they are the same. */
  readonly listPath: readonly string[];
  /** The path parameter that the path of `list` lacks: which item is read. */
  readonly idParameter: string;
  /** The property of an item that says its {@link idParameter}. */
  readonly idProperty: string;
}

/**
 * The collections of a document. A GET is the collection of another one, whose body has a lifecycle, if its path is the other's
 * without the last parameter, and if each item of a list in its body has that lifecycle.
 */
export function findCollections(
  { operations }: Pick<OpenApiDocument, "operations">,
  rules: RuleBook,
): readonly Collection[] {
  const reads = operations.filter(({ method }) => method === "GET");
  return reads.flatMap((item) => {
    const [, listTemplate, idParameter] = /^(.+)\/\{([^/{}]+)\}\/?$/.exec(item.path) ?? [];
    if (listTemplate === undefined || idParameter === undefined) return [];
    const resource = sitesOf(item, rules).find(
      ({ path, lifecycle }) => path.length === 0 && lifecycle !== undefined,
    );
    if (resource === undefined) return [];
    return reads
      .filter(({ path }) => path.replace(/\/$/, "") === listTemplate)
      .flatMap((list) =>
        sitesOf(list, rules)
          .filter(({ pointer, path }) => pointer === resource.pointer && isList(path))
          .map(({ path }) => ({
            list,
            item,
            listPath: path.filter((step) => typeof step === "string"),
            idParameter,
            idProperty: idPropertyOf(item, idParameter, rules),
          })),
      );
  });
}

function sitesOf(operation: Operation, rules: RuleBook): readonly RuleSite[] {
  return successResponses(operation).flatMap((response) => rules.rulesOf(response).sites);
}

function isList(path: RuleSite["path"]): boolean {
  return path.indexOf(eachMember) === path.length - 1 && path.length > 0;
}

/** The properties that repeat a path parameter: an invariant compares the two and nothing else. */
export function repeatedParameters(item: Operation, rules: RuleBook): ReadonlyMap<string, string> {
  const invariants = sitesOf(item, rules)
    .filter(({ path }) => path.length === 0)
    .flatMap((site) => site.invariants.invariants);
  const pairs = invariants.flatMap(({ references, rule }) => {
    const parameter = references.find(({ variable }) => variable === "request")?.path[1];
    const [name, ...deeper] = references.find(({ variable }) => variable === "self")?.path ?? [];
    const isPair = references.length === 2 && deeper.length === 0 && rule.includes("==");
    const areNamed = typeof name === "string" && typeof parameter === "string";
    return isPair && areNamed ? [[name, parameter] as const] : [];
  });
  return new Map(pairs);
}

/** The property that repeats a parameter; by default the one of the same name. */
function idPropertyOf(item: Operation, idParameter: string, rules: RuleBook): string {
  const repeated = [...repeatedParameters(item, rules)];
  return repeated.find(([, parameter]) => parameter === idParameter)?.[0] ?? idParameter;
}
