import { templateParameters } from "../create-path-matcher.ts";
import type { Operation } from "../operation.ts";
import { jsonContent, successResponses } from "../operation.ts";
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
   * its name, or else `id`, or an id with the name of the item or a part of it, as `jobId` of a build job, or the only one that an
   * invariant of the list calls unique. Undefined where none of these is there, or where the last two differ: which item is which
   * is then unknown.
   */
  readonly idProperty: string | undefined;
}

/**
 * The collections of a document. A GET is the collection of another one, whose body has a lifecycle, if its path is the other's
 * without the last parameter, and if each item of a list in its body has that lifecycle.
 */
export function findCollections(document: OpenApiDocument, rules: RuleBook): readonly Collection[] {
  return document.operations.flatMap((item) => {
    const lists = listsOf(document, item, rules);
    if (lists.length === 0) return [];
    const repeated = [...repeatedParameters(document, item, rules)];
    return lists.map((found): Collection => {
      const [idProperty] = repeated.find(([, parameter]) => parameter === found.idParameter) ?? [];
      return { ...found, idProperty };
    });
  });
}

type Unidentified = Omit<Collection, "idProperty">;

function listsOf(
  document: OpenApiDocument,
  item: Operation,
  rules: RuleBook,
): readonly Unidentified[] {
  const [, listTemplate, idParameter] = /^(.+)\/\{([^/{}]+)\}\/?$/.exec(item.path) ?? [];
  if (item.method !== "GET" || listTemplate === undefined || idParameter === undefined) return [];
  const resource = sitesOf(item, rules).find(
    ({ path, lifecycle }) => path.length === 0 && lifecycle !== undefined,
  );
  if (resource === undefined) return [];
  return document.operations
    .filter(({ method, path }) => method === "GET" && path.replace(/\/$/, "") === listTemplate)
    .flatMap((list) =>
      sitesOf(list, rules)
        .filter(({ pointer, path }) => pointer === resource.pointer && isList(path))
        .map(({ path }) => {
          const listPath = path.filter((step) => typeof step === "string");
          return { list, item, listPath, idParameter };
        }),
    );
}

function sitesOf(operation: Operation, rules: RuleBook): readonly RuleSite[] {
  return successResponses(operation).flatMap((response) => rules.rulesOf(response).sites);
}

function isList(path: RuleSite["path"]): boolean {
  return path.indexOf(eachItem) === path.length - 1 && path.length > 0;
}

/**
 * The properties of a resource that repeat a parameter of its path, each with it: those that an invariant compares with one and
 * with nothing else, those that have its name, and the one that is the id, {@link Collection.idProperty}.
 */
export function repeatedParameters(
  document: OpenApiDocument,
  item: Operation,
  rules: RuleBook,
): ReadonlyMap<string, string> {
  const [success] = successResponses(item);
  const schema = schemaAt(document, (success && jsonContent(success)?.schemaPointer) ?? "");
  const properties = schema === undefined ? [] : readProperties(document, schema);
  const names = [...properties].flatMap(([name, { value }]) =>
    mayBeId(value["type"]) ? [name] : [],
  );
  const parameters = templateParameters(item.path);
  const found = new Map(comparedParameters(item, rules));
  for (const name of names)
    if (parameters.includes(name) && !found.has(name)) found.set(name, name);
  const idParameter = parameters.at(-1);
  if (idParameter === undefined || [...found.values()].includes(idParameter)) return found;
  const unique = listsOf(document, item, rules).flatMap((list) => uniqueNames(list, rules));
  const id = idAmong(names, item.path, idParameter, unique);
  return id === undefined ? found : found.set(id, idParameter);
}

function comparedParameters(item: Operation, rules: RuleBook): ReadonlyMap<string, string> {
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

function mayBeId(type: unknown): boolean {
  return type === undefined || [type].flat().some((one) => one === "string" || one === "integer");
}

function idAmong(
  names: readonly string[],
  path: string,
  parameter: string,
  uniqueNamesOfList: readonly string[],
): string | undefined {
  const [named] = idNames(path, parameter).flatMap((id) =>
    names.filter((name) => asWord(name) === id),
  );
  const unique = uniqueNamesOfList.filter((name) => names.includes(name));
  if (named !== undefined && unique.includes(named)) return named;
  const [only, ...others] = new Set([named ?? [], unique].flat());
  return others.length === 0 ? only : undefined;
}

/**
 * How the property may be called that a parameter asks for, as words: behind `/build-jobs/` it is `id`, `buildJobId` or `jobId`. A
 * parameter may be any `…Id`, or what the segment before it lists: `buildJob`.
 */
function idNames(path: string, parameter: string): readonly string[] {
  const [plural = ""] = /[^/]*$/.exec(path.slice(0, path.lastIndexOf("/{"))) ?? [];
  const singulars = [
    plural.replace(/ies$/i, "y").replace(/(?<=[^s])s$/i, ""),
    plural.replace(/es$/i, ""),
  ];
  const asked = /^(.*?)(?:(?:^|[-_])id|(?<=[a-z\d])I[dD])$/.exec(parameter)?.[1];
  const isNamed = singulars.some((singular) => asWord(singular) === asWord(parameter));
  if (asked === undefined && !isNamed) return [];
  const ids = [asked ?? parameter, ...singulars].flatMap((name) => {
    const words = name.split(/[-_]|(?<=[a-z\d])(?=[A-Z])/).filter((word) => word !== "");
    return words.map((_word, index) => asWord(`${words.slice(index).join("")}id`));
  });
  return [...new Set(["id", ...ids])];
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
