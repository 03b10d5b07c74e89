import type { Operation } from "../operation.ts";
import { successResponses } from "../operation.ts";
import type { OpenApiDocument } from "../open-document.ts";
import { readProperties, schemaAt } from "../read-properties.ts";
import type { RuleBook } from "./collect-rules.ts";
import type { RuleSite } from "./rule-sites.ts";
import { eachItem, eachMember } from "./schema-parts.ts";

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
  /**
   * The property of an item that says its {@link idParameter}: the one that an invariant compares with it, or else the one of
   * its name, or else `id`, or the only one that an invariant of the list calls unique. Undefined where none of these is there,
   * or where the last two differ: which item is which is then unknown.
   */
  readonly idProperty: string | undefined;
}

/**
 * The collections of a document. A GET is the collection of another one, whose body has a lifecycle, if its path is the other's
 * without the last parameter, and if each item of a list in its body has that lifecycle.
 */
export function findCollections(document: OpenApiDocument, rules: RuleBook): readonly Collection[] {
  const reads = document.operations.filter(({ method }) => method === "GET");
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
          .map(({ pointer, path }): Collection => {
            const listPath = path.filter((step) => typeof step === "string");
            const found = { list, item, listPath, idParameter };
            const schema = schemaAt(document, pointer);
            const properties = schema && readProperties(document, schema);
            const names = [...(properties ?? [])].flatMap(([name, { value }]) =>
              mayBeId(value["type"]) ? [name] : [],
            );
            return { ...found, idProperty: idPropertyOf(found, names, rules) };
          }),
      );
  });
}

function sitesOf(operation: Operation, rules: RuleBook): readonly RuleSite[] {
  return successResponses(operation).flatMap((response) => rules.rulesOf(response).sites);
}

function isList(path: RuleSite["path"]): boolean {
  return path.indexOf(eachItem) === path.length - 1 && path.length > 0;
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

type Unidentified = Omit<Collection, "idProperty">;

function idPropertyOf(
  collection: Unidentified,
  names: readonly string[],
  rules: RuleBook,
): string | undefined {
  const { item, idParameter } = collection;
  const repeated = [...repeatedParameters(item, rules)];
  const compared = repeated.find(([, parameter]) => parameter === idParameter)?.[0];
  if (compared !== undefined) return compared;
  if (names.includes(idParameter)) return idParameter;
  const unique = uniqueNames(collection, rules).filter((name) => names.includes(name));
  const isId = names.includes("id") && isNameOfItem(item.path, idParameter);
  const [only, ...others] = new Set(isId ? ["id", ...unique] : unique);
  return others.length === 0 || (isId && unique.includes("id")) ? only : undefined;
}

function mayBeId(type: unknown): boolean {
  return type === undefined || [type].flat().some((one) => one === "string" || one === "integer");
}

/** Whether a parameter names what the segment before it lists: `orderId`, `order_id` or `order` behind `/orders/`. */
function isNameOfItem(path: string, parameter: string): boolean {
  const [, plural = ""] = /([^/]*)\/[^/]*\/?$/.exec(path) ?? [];
  const singular = plural.replace(/ies$/i, "y").replace(/(?<=[^s])s$/i, "");
  const names = [singular, plural.replace(/es$/i, "")].map(asWord);
  return /(?:^|[-_])id$|[a-z\d]I[dD]$/.test(parameter) || names.includes(asWord(parameter));
}

/** A name without what tells camelCase, kebab-case and snake_case apart. */
function asWord(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}

/** The properties of its items that an invariant of a list says to be unique in it. */
function uniqueNames({ list, listPath }: Unidentified, rules: RuleBook): readonly string[] {
  return sitesOf(list, rules).flatMap(({ path, invariants }) =>
    invariants.invariants.flatMap(({ rule, references }) => {
      const [only, ...others] = references;
      if (!/^isUnique\([^()]*\)$/.test(rule.trim()) || only === undefined || others.length > 0)
        return [];
      const steps = [...path, ...only.path];
      const name = steps.pop();
      const ofList = [...listPath, eachMember];
      const isOfItems =
        steps.length === ofList.length && ofList.every((step, index) => steps[index] === step);
      return isOfItems && typeof name === "string" ? [name] : [];
    }),
  );
}
