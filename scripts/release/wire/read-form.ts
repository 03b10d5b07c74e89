import type { JsonObject, Located } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { everyType, intersect, readTypes, readValues, typesOf, valuesOf } from "./json-types.ts";
import { restrictsTexts } from "./keyword-effect.ts";
import type { Discriminator, SchemaForm, SchemaReader, Term, Union } from "./schema-form.ts";

/** What the schemas that apply together say, their alternatives apart. */
export function readForm(
  reader: SchemaReader,
  term: Term,
  discriminatorOf: (node: Located) => Discriminator | undefined,
): SchemaForm {
  const nodes = conjuncts(reader, term);
  const { types, values } = readSets(nodes, reader.document.version === "3.0");
  const has = (flag: string): boolean => nodes.some(({ value }) => value[flag] === true);
  const holder = nodes.find(({ value }) => value["default"] !== undefined);
  const discriminators = nodes.map((node) => discriminatorOf(node));
  return {
    types,
    values,
    facets: readFacets(nodes, types),
    required: new Set(nodes.flatMap(({ value }) => namesIn(value["required"]))),
    properties: readMap(reader, nodes, "properties"),
    parts: readParts(reader, nodes),
    prefix: readPrefix(reader, nodes),
    unions: nodes.flatMap((node) => readUnions(reader, node)),
    discriminator: discriminators.find((one) => one !== undefined),
    readOnly: has("readOnly"),
    writeOnly: has("writeOnly"),
    default: holder && canonicalJson(holder.value["default"]),
    origins: readOrigins(nodes),
  };
}

/** The schemas that apply together: references followed, the members of `allOf` and single alternatives beside their parent. */
function conjuncts(reader: SchemaReader, term: Term): readonly Located[] {
  const found: Located[] = [];
  const seen = new Set<JsonObject>();
  const visit = (node: Located): void => {
    if (seen.has(node.value)) return;
    seen.add(node.value);
    const { target, references } = reader.document.resolve(node);
    // Beside a reference OpenAPI 3.0 reads nothing.
    const beside = reader.document.version === "3.0" ? [] : references;
    for (const { pointer, value } of beside) {
      const { $ref: _, ...rest } = value;
      if (Object.keys(rest).length > 0) visit({ pointer, value: rest });
    }
    if (target.value !== node.value) {
      visit(target);
      return;
    }
    found.push(node);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const members = node.value[keyword];
      if (!Array.isArray(members) || (keyword !== "allOf" && members.length !== 1)) continue;
      readList(reader, node, keyword).flat().forEach(visit);
    }
  };
  term.forEach(visit);
  return found;
}

/** The types and the listed values that all of the schemas admit. */
function readSets(nodes: readonly Located[], is30: boolean): Pick<SchemaForm, "types" | "values"> {
  let types = everyType;
  let values: ReadonlySet<string> | undefined;
  for (const { value } of nodes) {
    types = isNever(value) ? new Set() : intersect(types, readTypes(value, is30));
    // A multiple of 1 is an integer.
    if (value["multipleOf"] === 1) types = new Set([...types].filter((type) => type !== "number"));
    const listed = readValues(value, is30);
    if (listed) values = values ? intersect(values, listed) : listed;
  }
  const [whole] = nodes;
  // Without a type of its own OpenAPI 3.0's `nullable` is beside everything else that is said.
  if (is30 && whole?.value["nullable"] === true && whole.value["type"] === undefined) {
    types = new Set([...types, "null"]);
    values = values && new Set([...values, "null"]);
  }
  if (!values) return { types, values };
  const fitting = [...values].filter((text) =>
    [...typesOf(new Set([text]))].some((type) => types.has(type)),
  );
  const left = intersect(types, typesOf(values));
  // Both booleans are what the type says already.
  return {
    types: left,
    values: fitting.length === valuesOf(left)?.size ? undefined : new Set(fitting),
  };
}

const narrower: Readonly<Record<string, (one: number, other: number) => number>> = {
  ...keyed("maximum exclusiveMaximum maxLength maxItems maxProperties maxContains", Math.min),
  ...keyed("minimum exclusiveMinimum minLength minItems minProperties minContains", Math.max),
};

function keyed<T>(words: string, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries(words.split(" ").map((word) => [word, value]));
}

/** The bound that admits less of two for one keyword. */
export function narrowerNumber(keyword: string, one: number, other: number): number {
  return narrower[keyword]?.(one, other) ?? other;
}

const others = ["pattern", "format", "multipleOf", "contentEncoding", "contentMediaType"];

/** What means the same as nothing. */
const defaults: Readonly<Record<string, unknown>> = {
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  minContains: 1,
};

function readFacets(
  nodes: readonly Located[],
  types: ReadonlySet<string>,
): ReadonlyMap<string, unknown> {
  const facets = new Map<string, unknown>();
  for (const { value } of nodes) {
    for (const [keyword, number] of Object.entries(readBounds(value))) {
      const known = facets.get(keyword);
      const isKnown = typeof known === "number";
      facets.set(keyword, isKnown ? narrowerNumber(keyword, known, number) : number);
    }
    for (const keyword of others) {
      const own = value[keyword];
      if (own === undefined || (keyword === "pattern" && !restrictsTexts(own))) continue;
      if (keyword === "multipleOf" && own === 1) continue;
      const known = facets.get(keyword);
      facets.set(keyword, known === undefined || known === own ? own : unique([known, own].flat()));
    }
    if (value["uniqueItems"] === true) facets.set("uniqueItems", true);
    const extensible = value["x-extensible-enum"];
    if (Array.isArray(extensible)) facets.set("x-extensible-enum", extensible);
  }
  const dependents = nodes.flatMap(({ value }) => membersOf(value["dependentRequired"]));
  const needed = dependents.flatMap(([name, list]) =>
    namesIn(list).map((one) => `${name} → ${one}`),
  );
  if (needed.length > 0) facets.set("dependentRequired", unique(needed));
  const scopes = closedScopes(nodes);
  if (scopes.length > 0) facets.set("additionalProperties", scopes);
  joinBounds(facets, types);
  return new Map([...facets].filter(([keyword, value]) => defaults[keyword] !== value));
}

/** The keywords of each bound, and the way from an excluded integer to the next one. */
export const bounds = [
  ["maximum", "exclusiveMaximum", -1],
  ["minimum", "exclusiveMinimum", 1],
] as const;

/** OpenAPI 3.0 has booleans for exclusive bounds. */
function readBounds(value: JsonObject): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const keyword of Object.keys(narrower)) {
    const own = value[keyword];
    if (typeof own === "number") found[keyword] = own;
  }
  for (const [bound, exclusive] of bounds) {
    const limit = found[bound];
    if (value[exclusive] !== true || limit === undefined) continue;
    found[exclusive] = limit;
    delete found[bound];
  }
  return found;
}

/** Leaves the stricter keyword of each bound. Of integers an exclusive bound is the next inclusive one. */
function joinBounds(facets: Map<string, unknown>, types: ReadonlySet<string>): void {
  const areIntegers = types.has("integer") && !types.has("number");
  for (const [bound, exclusive, step] of bounds) {
    const [limit, excluded] = [facets.get(bound), facets.get(exclusive)];
    if (typeof excluded !== "number") continue;
    const isStep = areIntegers && Number.isInteger(excluded);
    const own = isStep ? excluded + step : excluded;
    const isStricter = typeof limit !== "number" || narrowerNumber(bound, limit, own) === own;
    facets.delete(isStep || !isStricter ? exclusive : bound);
    if (isStep && isStricter) facets.set(bound, own);
  }
}

/** A schema that admits only named properties does so for its own; beside others it is not the same as one of all. */
function closedScopes(nodes: readonly Located[]): readonly string[] {
  const scopes = nodes.map(({ value }) => ({
    names: unique(membersOf(value["properties"]).map(([name]) => name)).join(", "),
    isClosed: (value["additionalProperties"] ?? true) !== true,
  }));
  const apart = new Set(scopes.map(({ names }) => names).filter((names) => names !== ""));
  if (apart.size < 2) return [];
  return unique(scopes.filter(({ isClosed }) => isClosed).map(({ names }) => names));
}

const maps = ["patternProperties", "dependentSchemas"];
const singles = [
  "items",
  "additionalProperties",
  "propertyNames",
  "contains",
  "contentSchema",
  "not",
  "if",
  "then",
  "else",
  "unevaluatedItems",
  "unevaluatedProperties",
];

function readParts(reader: SchemaReader, nodes: readonly Located[]): ReadonlyMap<string, Term> {
  const parts = new Map<string, Term>();
  for (const { pointer, value } of nodes) {
    for (const keyword of singles) {
      // A draft-4 `items` is a list, and what is never admitted has no types.
      if (value[keyword] === undefined || Array.isArray(value[keyword]) || isNever(value)) continue;
      const part = reader.termOf(value[keyword], appendPointer(pointer, keyword));
      parts.set(keyword, [...(parts.get(keyword) ?? []), ...part]);
    }
  }
  for (const keyword of maps) {
    for (const [name, part] of readMap(reader, nodes, keyword))
      parts.set(`${keyword} ${name}`, part);
  }
  return parts;
}

function readMap(
  reader: SchemaReader,
  nodes: readonly Located[],
  keyword: string,
): ReadonlyMap<string, Term> {
  const found = new Map<string, Term>();
  for (const { pointer, value } of nodes) {
    for (const [name, member] of membersOf(value[keyword])) {
      const part = reader.termOf(member, appendPointer(pointer, keyword, name));
      found.set(name, [...(found.get(name) ?? []), ...part]);
    }
  }
  return found;
}

function readList(
  reader: SchemaReader,
  { pointer, value }: Located,
  keyword: string,
): readonly Term[] {
  const members: readonly unknown[] = Array.isArray(value[keyword]) ? value[keyword] : [];
  return members.map((member, index) =>
    reader.termOf(member, appendPointer(pointer, keyword, index)),
  );
}

function readPrefix(reader: SchemaReader, nodes: readonly Located[]): readonly Term[] {
  const lists = nodes.map((node) => readList(reader, node, "prefixItems"));
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.flatMap((list) => list[index] ?? []));
}

function readUnions(reader: SchemaReader, node: Located): readonly Union[] {
  return (["anyOf", "oneOf"] as const).flatMap((keyword) => {
    const branches = readList(reader, node, keyword);
    return branches.length < 2 ? [] : [{ keyword, pointer: node.pointer, branches }];
  });
}

function readOrigins(nodes: readonly Located[]): ReadonlyMap<string, string> {
  const origins = new Map<string, string>([["", nodes[0]?.pointer ?? "#"]]);
  for (const { pointer, value } of nodes) {
    for (const keyword of Object.keys(value)) {
      if (!origins.has(keyword)) origins.set(keyword, pointer);
    }
  }
  return origins;
}

function isNever(value: JsonObject): boolean {
  const { not } = value;
  return not === true || (isJsonObject(not) && Object.keys(not).length === 0);
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function namesIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

function unique(list: readonly unknown[]): readonly string[] {
  return [...new Set(list.map(String))].toSorted((one, other) => (one < other ? -1 : 1));
}

const kinds: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:maxLength|minLength|pattern|contentEncoding|contentMediaType)$/u, ["string"]],
  [/^(?:maximum|minimum|exclusive|multipleOf)/u, ["number", "integer"]],
  [/Items$|Contains$/u, ["array"]],
  [/Properties$|dependentRequired/u, ["object"]],
];

/** Whether a keyword says anything about values of these types. */
export function applies(keyword: string, types: ReadonlySet<string>): boolean {
  const own = kinds.find(([pattern]) => pattern.test(keyword))?.[1];
  return own === undefined || own.some((type) => types.has(type));
}
