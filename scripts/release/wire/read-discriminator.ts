import type { JsonObject, Located, OpenApiDocument } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { Discriminator, SchemaReader, Term } from "./schema-form.ts";

/** Which schema each value of a discriminator means, whether it says so or not. */
export function readDiscriminator(
  reader: SchemaReader,
  { pointer, value }: Located,
  children: ReadonlyMap<string, Term> | undefined,
): Discriminator | undefined {
  const { discriminator } = value;
  if (!isJsonObject(discriminator) || typeof discriminator["propertyName"] !== "string")
    return undefined;
  const at = appendPointer(pointer, "discriminator");
  const explicit = Object.entries(
    isJsonObject(discriminator["mapping"]) ? discriminator["mapping"] : {},
  ).flatMap(([name, target]) => {
    if (typeof target !== "string") return [];
    // A name, or a reference (OpenAPI 3.1, section 4.8.25).
    const $ref: string = /^[\w.-]+$/u.test(target)
      ? appendPointer("#/components/schemas", target)
      : target;
    return $ref.startsWith("#") ? [[name, [{ pointer: at, value: { $ref } }]] as const] : [];
  });
  const members = [value["oneOf"], value["anyOf"]].find(Array.isArray) ?? [];
  const implicit = members.flatMap((member: unknown, index): (readonly [string, Term])[] => {
    const branch = reader.termOf(member, appendPointer(pointer, "oneOf", index));
    const name = reader.nameOf(branch);
    return name === undefined ? [] : [[name, branch]];
  });
  const named = members.length > 0 ? implicit : [...(children ?? [])];
  const mapped = new Set(explicit.map(([, term]) => targetOf(term)));
  // A schema that is mapped under another name is not known by its own.
  const rest = named.filter(([, term]) => !mapped.has(targetOf(term)));
  return {
    property: discriminator["propertyName"],
    pointer: at,
    mapping: new Map([...rest, ...explicit]),
  };
}

/** The components that extend a component with a discriminator by `allOf`: they are on the wire where their parent is. */
export function inherited({
  document,
}: SchemaReader): ReadonlyMap<JsonObject, ReadonlyMap<string, Term>> {
  const found = new Map<JsonObject, Map<string, Term>>();
  const schemas = document.at("#/components/schemas");
  for (const [name, schema] of Object.entries(isJsonObject(schemas) ? schemas : {})) {
    const pointer = appendPointer("#/components/schemas", name);
    // The loop goes on over what it adds: a parent may extend another.
    const parents = new Set(parentsOf(document, schema));
    for (const parent of parents) {
      for (const one of parentsOf(document, parent)) parents.add(one);
      if (parent["discriminator"] === undefined) continue;
      const known = found.get(parent) ?? new Map<string, Term>();
      found.set(parent, known.set(name, [{ pointer, value: { $ref: pointer } }]));
    }
  }
  return found;
}

/** The components that a schema extends directly. */
function parentsOf(document: OpenApiDocument, schema: unknown): readonly JsonObject[] {
  const parts: readonly unknown[] =
    isJsonObject(schema) && Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  return parts.filter(isJsonObject).flatMap((value) => {
    const { target } = document.resolve({ pointer: "#", value });
    return target.value === value ? [] : [target.value];
  });
}

function targetOf([first]: Term): unknown {
  return first?.value["$ref"];
}
