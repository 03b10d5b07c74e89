import type {
  JsonObject,
  Located,
  OpenApiDocument,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  appendPointer,
  canonicalPointer,
  createSchemaRegistry,
  DocumentError,
  isJsonObject,
  mergeReferences,
  objectMembers,
  readProperties,
} from "@qontext/sync-log-document";

/** Makes a body that was sampled from the schema at a pointer one that a service would send. */
export type BodyFitter = (pointer: string, body: unknown) => unknown;

/** The values of a discriminator, each with the pointer of the schema that it stands for. */
interface Discriminator {
  readonly property: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * What samples and examples get wrong about responses: a property that is `writeOnly` is not sent, and the value of a
 * discriminator is one of its mapping, or the name of a schema without one (OpenAPI 3.1, section 4.8.25).
 */
export function createBodyFitter(document: OpenApiDocument): BodyFitter {
  const schemas = createSchemaRegistry(document, { unknown: "note", direction: "response" });

  function fit(schema: Located, value: unknown, seen: readonly string[] = []): unknown {
    const { target } = document.resolve(schema);
    if (typeof value !== "object" || value === null || seen.includes(target.pointer)) return value;
    const merged = mergeReferences(document, schema);
    if (Array.isArray(value)) return fitItems(merged, value);
    const discriminator = readDiscriminator(document, merged, target.pointer);
    const named = nameVariant(schemas, discriminator, { ...value });
    const properties = readProperties(document, merged);
    const others = memberSchema(merged, "additionalProperties");
    const fitted = Object.entries(named).flatMap(([name, member]) => {
      const property = properties.get(name) ?? others;
      if (property?.value["writeOnly"] === true) return [];
      return [[name, property === undefined ? member : fit(property, member)]];
    });
    const own: JsonObject = Object.fromEntries(fitted);
    const within = [...seen, target.pointer];
    return partsOf(merged, own, discriminator).reduce<unknown>(
      (body, part) => fit(part, body, within),
      own,
    );
  }

  function fitItems({ pointer, value: schema }: Located, items: readonly unknown[]): unknown {
    const all = memberSchema({ pointer, value: schema }, "items");
    const first = variants(schema["prefixItems"], appendPointer(pointer, "prefixItems"));
    return items.map((item, index) => {
      const own = first[index] ?? all;
      return own === undefined ? item : fit(own, item);
    });
  }

  /** The other schemas that a body obeys: all of `allOf`, and the variant of `oneOf` and `anyOf` that it is. */
  function partsOf(
    { pointer, value: schema }: Located,
    body: JsonObject,
    discriminator: Discriminator | undefined,
  ): readonly Located[] {
    const chosen = discriminator?.values.get(String(body[discriminator.property]));
    const choices = ["oneOf", "anyOf"].flatMap((keyword) => {
      const all = variants(schema[keyword], appendPointer(pointer, keyword));
      const own = all.find((one) => document.resolve(one).target.pointer === chosen);
      return own ?? all.find((one) => isValid(schemas, one.pointer, body)) ?? all.slice(0, 1);
    });
    return [...variants(schema["allOf"], appendPointer(pointer, "allOf")), ...choices];
  }

  return (pointer, body) => {
    const schema = document.at(pointer);
    return isJsonObject(schema) ? fit({ pointer, value: schema }, body) : body;
  };
}

/** Gives a body a value of its discriminator, unless it has one: that of the first variant that it fits. */
function nameVariant(
  schemas: SchemaRegistry,
  discriminator: Discriminator | undefined,
  body: JsonObject,
): JsonObject {
  if (discriminator === undefined) return body;
  const { property, values } = discriminator;
  if (values.size === 0 || values.has(String(body[property]))) return body;
  const candidates = [...values].map(([value, pointer]) => ({
    pointer,
    body: { ...body, [property]: value },
  }));
  const own = candidates.find((candidate) => isValid(schemas, candidate.pointer, candidate.body));
  return (own ?? candidates[0])?.body ?? body;
}

function isValid(schemas: SchemaRegistry, pointer: string, body: unknown): boolean {
  try {
    return schemas.validate(pointer, body).length === 0;
  } catch (error) {
    // A schema that cannot be used accepts nothing.
    if (error instanceof DocumentError) return false;
    throw error;
  }
}

/** The discriminator of a schema or of a schema that it extends. @param self - Where the schema itself stands. */
function readDiscriminator(
  document: OpenApiDocument,
  schema: Located,
  self: string,
  seen: readonly string[] = [],
): Discriminator | undefined {
  const { discriminator, allOf, oneOf, anyOf } = schema.value;
  if (isJsonObject(discriminator) && typeof discriminator["propertyName"] === "string") {
    const choices = [oneOf, anyOf].flatMap((list) => variants(list, schema.pointer));
    const targets = choices.map((one) => document.resolve(one).target.pointer);
    const values = valuesOf(document, discriminator, targets.length > 0 ? targets : [self]);
    return { property: discriminator["propertyName"], values };
  }
  for (const part of variants(allOf, appendPointer(schema.pointer, "allOf"))) {
    const merged = mergeReferences(document, part);
    if (seen.includes(merged.pointer)) continue;
    const found = readDiscriminator(document, merged, self, [...seen, merged.pointer]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The values for some schemas: those of the mapping, and the name of a schema that it does not have. */
function valuesOf(
  document: OpenApiDocument,
  { mapping }: JsonObject,
  targets: readonly string[],
): ReadonlyMap<string, string> {
  const mapped = Object.entries(isJsonObject(mapping) ? mapping : {}).flatMap(([value, target]) => {
    if (typeof target !== "string") return [];
    const isName = /^[\w.-]+$/.test(target);
    const $ref = isName ? appendPointer("#/components/schemas", target) : target;
    const { pointer } = document.resolve({ pointer: "#", value: { $ref } }).target;
    return [[value, canonicalPointer(pointer)] as const];
  });
  const own = mapped.filter(([, pointer]) => targets.includes(pointer));
  const known = new Set(own.map(([, pointer]) => pointer));
  const implicit = targets.flatMap((pointer) => {
    const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(pointer) ?? [];
    return name === undefined || known.has(pointer) ? [] : [[name, pointer] as const];
  });
  // A base schema whose mapping has its extensions only is sent as one of these.
  if (own.length === 0 && mapped.length > 0) return new Map(mapped);
  return new Map([...own, ...implicit]);
}

function variants(list: unknown, pointer: string): readonly Located[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isJsonObject(value) ? [{ pointer: appendPointer(pointer, index), value }] : [],
  );
}

function memberSchema({ pointer, value }: Located, keyword: string): Located | undefined {
  const [found] = objectMembers({ [keyword]: value[keyword] });
  return found === undefined
    ? undefined
    : { pointer: appendPointer(pointer, keyword), value: found[1] };
}
