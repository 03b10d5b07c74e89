import { isJsonObject, jsonPointer } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import { resolveReference } from "./resolve-reference.ts";
import type { SchemaRegistry } from "./schema-registry.ts";

/** A schema of the document that was applied to a part of a body. */
export interface SchemaVisit {
  readonly schemaPointer: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** Where in the body. */
  readonly pointer: string;
  readonly value: unknown;
}

interface Walk {
  readonly document: OpenApiDocument;
  readonly schemas: SchemaRegistry;
  readonly visits: SchemaVisit[];
}

/** Every schema that says something about a body, with the part of the body it is about. */
export function visitSchema(
  document: OpenApiDocument,
  schemas: SchemaRegistry,
  schemaPointer: string,
  value: unknown,
): readonly SchemaVisit[] {
  const walk: Walk = { document, schemas, visits: [] };
  visit(walk, schemaPointer, "", value);
  return walk.visits;
}

const maxVisits = 20_000;

function visit(walk: Walk, schemaPointer: string, pointer: string, value: unknown): void {
  if (walk.visits.length >= maxVisits) return;
  const located = resolveSchema(walk.document, schemaPointer);
  if (located === undefined) return;
  const { schema, siblings } = located;
  for (const sibling of siblings) walk.visits.push({ ...sibling, pointer, value });
  walk.visits.push({ schemaPointer: located.schemaPointer, schema, pointer, value });
  for (const owner of [...siblings, located]) visitParts(walk, owner, pointer, value);
}

interface LocatedSchema {
  readonly schemaPointer: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The schema at a place; those on the way that refer to it and say something beside, as 3.1 allows, are its siblings. */
function resolveSchema(
  document: OpenApiDocument,
  start: string,
): (LocatedSchema & { siblings: readonly LocatedSchema[] }) | undefined {
  const target = resolveReference(document, start);
  if (target === undefined) return undefined;
  const siblings: LocatedSchema[] = [];
  for (let pointer = start; pointer !== target.pointer;) {
    const schema = valueOf(document, pointer);
    if (schema === undefined) break;
    siblings.push({ schemaPointer: pointer, schema });
    pointer = decodeURIComponent(String(schema["$ref"]).slice(1));
  }
  return { schemaPointer: target.pointer, schema: target.value, siblings };
}

function valueOf(
  document: OpenApiDocument,
  pointer: string,
): Readonly<Record<string, unknown>> | undefined {
  let value: unknown = document;
  for (const token of pointer.split("/").slice(1)) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Array.isArray(value)
      ? value[Number(key)]
      : isJsonObject(value)
        ? value[key]
        : undefined;
  }
  return isJsonObject(value) ? value : undefined;
}

function visitParts(
  walk: Walk,
  { schemaPointer, schema }: LocatedSchema,
  pointer: string,
  value: unknown,
): void {
  for (const keyword of ["allOf", "anyOf", "oneOf"] as const) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    for (const index of list.keys()) {
      const branch = `${schemaPointer}/${keyword}/${index}`;
      if (keyword === "allOf" || walk.schemas.validate(branch, value).length === 0)
        visit(walk, branch, pointer, value);
    }
  }
  if (schema["if"] !== undefined) {
    const holds = walk.schemas.validate(`${schemaPointer}/if`, value).length === 0;
    visit(walk, `${schemaPointer}/${holds ? "then" : "else"}`, pointer, value);
  }
  if (Array.isArray(value)) visitItems(walk, { schemaPointer, schema }, pointer, value);
  if (isJsonObject(value)) visitMembers(walk, { schemaPointer, schema }, pointer, value);
}

function visitItems(
  walk: Walk,
  { schemaPointer, schema }: LocatedSchema,
  pointer: string,
  value: readonly unknown[],
): void {
  const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"].length : 0;
  for (const [index, item] of value.entries()) {
    const part = index < prefix ? `prefixItems/${index}` : "items";
    visit(walk, `${schemaPointer}/${part}`, `${pointer}/${index}`, item);
  }
}

function visitMembers(
  walk: Walk,
  owner: LocatedSchema,
  pointer: string,
  value: Readonly<Record<string, unknown>>,
): void {
  for (const [name, member] of Object.entries(value)) {
    const place = `${pointer}${jsonPointer([name])}`;
    const parts = memberSchemas(owner.schema, name);
    for (const part of parts) visit(walk, `${owner.schemaPointer}${part}`, place, member);
  }
}

/** Where the schemas of one property stand, below the schema of its object. */
function memberSchemas(schema: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const parts: string[] = [];
  if (isJsonObject(properties) && Object.hasOwn(properties, name))
    parts.push(`/properties${jsonPointer([name])}`);
  if (isJsonObject(patternProperties)) {
    for (const pattern of Object.keys(patternProperties)) {
      if (new RegExp(pattern, "u").test(name))
        parts.push(`/patternProperties${jsonPointer([pattern])}`);
    }
  }
  return parts.length === 0 && isJsonObject(additionalProperties)
    ? ["/additionalProperties"]
    : parts;
}

/** Properties of a body that no schema names, by pointer, where the schemas do not say that others may occur. */
export function undocumentedProperties(visits: readonly SchemaVisit[]): readonly string[] {
  const byPlace = new Map<string, SchemaVisit[]>();
  for (const one of visits) {
    if (isJsonObject(one.value))
      byPlace.set(one.pointer, [...(byPlace.get(one.pointer) ?? []), one]);
  }
  return [...byPlace].flatMap(([pointer, list]) => {
    const isOpen = list.some(
      ({ schema }) =>
        Object.hasOwn(schema, "additionalProperties") ||
        Object.hasOwn(schema, "unevaluatedProperties"),
    );
    const hasProperties = list.some(({ schema }) => isJsonObject(schema["properties"]));
    const value = list[0]?.value;
    if (isOpen || !hasProperties || !isJsonObject(value)) return [];
    const unknown = Object.keys(value).filter((name) =>
      list.every(({ schema }) => memberSchemas(schema, name).length === 0),
    );
    return unknown.map((name) => `${pointer}${jsonPointer([name])}`);
  });
}
