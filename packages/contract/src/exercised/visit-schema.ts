import type {
  DocumentNode,
  JsonObject,
  Located,
  OpenApiDocument,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  appendPointer,
  childrenOf,
  isJsonObject,
  matchesPattern,
  pointerTokens,
  schemaAt,
} from "@qontext/sync-log-document";
import { oncePer } from "../once-per.ts";

/** A schema of the document that was applied to a part of a body. */
export interface SchemaVisit {
  readonly schema: Located;
  /** Where in the body. */
  readonly pointer: string;
  readonly value: unknown;
}

/** A schema within another one. */
export interface Subschema {
  readonly keyword: string;
  /** The name or index that it has below the keyword; empty if the keyword has one schema. */
  readonly name: string;
  readonly schema: DocumentNode;
}

const known = new WeakMap<
  JsonObject,
  { readonly pointer: string; readonly parts: readonly Subschema[] }
>();

/** The schemas that a schema is built of, one level down. */
export function subschemas(owner: DocumentNode): readonly Subschema[] {
  const { pointer, value } = owner;
  const found = known.get(value);
  // An alias of YAML is one object in two places.
  if (found?.pointer === pointer) return found.parts;
  const parts = findSubschemas(owner);
  known.set(value, { pointer, parts });
  return parts;
}

function findSubschemas(owner: DocumentNode): readonly Subschema[] {
  const depth = pointerTokens(owner.pointer).length;
  return childrenOf(owner)
    .filter(({ kind }) => kind === "schema")
    .map((schema) => {
      const [keyword = "", name = ""] = pointerTokens(schema.pointer).slice(depth);
      return { keyword, name, schema };
    });
}

interface Walk {
  readonly schemas: SchemaRegistry;
  readonly document: OpenApiDocument;
  readonly visits: SchemaVisit[];
}

interface Place {
  readonly pointer: string;
  readonly value: unknown;
}

/** Every schema that says something about a body, with the part of the body it is about. */
export function visitSchema(
  document: OpenApiDocument,
  schemas: SchemaRegistry,
  schemaPointer: string,
  value: unknown,
): readonly SchemaVisit[] {
  const visits: SchemaVisit[] = [];
  const schema = schemaAt(document, schemaPointer);
  if (schema !== undefined) visit({ document, schemas, visits }, schema, { pointer: "", value });
  return visits;
}

/** A body has no more than a million values, and few schemas are about each. */
const maxVisits = 5_000_000;

/** @throws RangeError for more than can be looked at: what was not looked at was not judged. */
function visit(walk: Walk, schema: DocumentNode, place: Place): void {
  if (walk.visits.length >= maxVisits)
    throw new RangeError(`more than ${maxVisits} schemas are about its parts`);
  const { target, references } = walk.document.resolve(schema);
  // OpenAPI 3.1 allows other keywords next to `$ref`.
  const owners = [...references, target];
  for (const owner of owners) walk.visits.push({ schema: owner, ...place });
  for (const owner of owners) visitParts(walk, owner, place);
}

function visitParts(walk: Walk, owner: DocumentNode, place: Place): void {
  const holds = (pointer: string): boolean =>
    walk.schemas.validate(pointer, place.value).length === 0;
  const branch =
    owner.value["if"] === undefined
      ? undefined
      : holds(appendPointer(owner.pointer, "if"))
        ? "then"
        : "else";
  for (const part of subschemas(owner)) {
    const { keyword, schema } = part;
    const isAlternative = keyword === "anyOf" || keyword === "oneOf";
    const appliesHere = keyword === "allOf" || keyword === branch;
    if (appliesHere || (isAlternative && holds(schema.pointer))) visit(walk, schema, place);
    for (const member of membersFor(part, owner.value, place)) visit(walk, schema, member);
  }
}

/** The items or properties of a value that a part of its schema is about. */
function membersFor(
  { keyword, name }: Subschema,
  owner: JsonObject,
  { pointer, value }: Place,
): readonly Place[] {
  const isMeant = (key: string): boolean => {
    if (Array.isArray(value)) {
      const { prefixItems } = owner;
      const prefixLength = Array.isArray(prefixItems) ? prefixItems.length : 0;
      return keyword === "prefixItems"
        ? key === name
        : keyword === "items" && Number(key) >= prefixLength;
    }
    if (keyword === "properties") return key === name;
    if (keyword === "patternProperties") return matchesPattern(name, key);
    return keyword === "additionalProperties" && !isNamed(owner, key);
  };
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => isMeant(key))
    .map(([key, member]) => ({ pointer: appendPointer(pointer, key), value: member }));
}

/** Whether a schema names a property, itself or by a pattern. */
function isNamed({ properties, patternProperties }: JsonObject, name: string): boolean {
  const patterns = isJsonObject(patternProperties) ? Object.keys(patternProperties) : [];
  return (
    (isJsonObject(properties) && Object.hasOwn(properties, name)) ||
    patterns.some((pattern) => matchesPattern(pattern, name))
  );
}

/** Properties of a body that no schema names, by pointer, where the schemas do not say that others may occur. */
export const undocumentedProperties: (visits: readonly SchemaVisit[]) => readonly string[] =
  oncePer((visits) => {
    const byPlace = new Map<string, SchemaVisit[]>();
    for (const one of visits) {
      if (!isJsonObject(one.value)) continue;
      const own = byPlace.get(one.pointer) ?? [];
      own.push(one);
      byPlace.set(one.pointer, own);
    }
    return [...byPlace].flatMap(([pointer, list]) => {
      const schemas = list.map(({ schema }) => schema.value);
      const isOpen = schemas.some(
        (schema) =>
          Object.hasOwn(schema, "additionalProperties") ||
          Object.hasOwn(schema, "unevaluatedProperties"),
      );
      const hasProperties = schemas.some((schema) => isJsonObject(schema["properties"]));
      if (isOpen || !hasProperties) return [];
      return Object.keys(Object(list[0]?.value))
        .filter((name) => !schemas.some((schema) => isNamed(schema, name)))
        .map((name) => appendPointer(pointer, name));
    });
  });

/** The keywords of the schemas that say something about a body. */
export const keywordsOf: (visits: readonly SchemaVisit[]) => ReadonlySet<string> = oncePer(
  (visits) => new Set(visits.flatMap(({ schema }) => Object.keys(schema.value))),
);
