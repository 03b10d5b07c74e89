import { isJsonObject, objectMembers } from "../json.ts";
import { appendPointer } from "../json-pointer.ts";
import type { OpenApiDocument } from "../open-document.ts";
import type { Located } from "../walk-document.ts";

/** Stands for every member of an object, in the path of a {@link RuleSite}; in that of a rule, for those of an array as well. */
export const eachMember: unique symbol = Symbol("each member");

/** Stands for every item of an array, in the path of a {@link RuleSite}. */
export const eachItem: unique symbol = Symbol("each item");

/** One step from a value into it: a property, each member, or each item. */
export type SiteStep = string | typeof eachMember | typeof eachItem;

/** A schema that certainly applies to a value, or to a part of it, that has another one. */
export interface SchemaPart {
  readonly schema: Located;
  /** From the value of the whole to that of the part; empty if they are the same. */
  readonly path: readonly SiteStep[];
}

/**
 * The parts of a schema: through `$ref`, `allOf`, `properties`, `items`, `additionalProperties`, and an `anyOf` or `oneOf` that
 * only adds `null`.
 */
export function schemaParts(document: OpenApiDocument, schema: Located): readonly SchemaPart[] {
  const { value, pointer } = schema;
  const { target, references } = document.resolve(schema);
  // One step at a time: what stands beside a $ref counts too.
  const next = references[1] ?? target;
  const sameValue = [...(next.value === value ? [] : [next]), ...sameValueParts(schema)];
  const properties = locatedMembers(value["properties"], appendPointer(pointer, "properties"));
  const members = locatedMembers(value, pointer);
  return [
    ...sameValue.map((part) => ({ schema: part, path: [] })),
    ...properties.map(([name, part]) => ({ schema: part, path: [name] })),
    ...members.flatMap(([key, part]): readonly SchemaPart[] => {
      if (key === "items") return [{ schema: part, path: [eachItem] }];
      return key === "additionalProperties" ? [{ schema: part, path: [eachMember] }] : [];
    }),
  ];
}

/** The schemas that certainly apply to a part of a value, if it is there. @param path - From the value to the part. */
export function schemasAt(
  document: OpenApiDocument,
  schema: Located,
  path: readonly SiteStep[],
): readonly Located[] {
  const [step, ...rest] = path;
  const whole = [schema];
  // The loop goes on over what it adds.
  for (const one of whole) {
    for (const part of schemaParts(document, one)) {
      const isNew = !whole.some(({ value }) => value === part.schema.value);
      if (part.path.length === 0 && isNew) whole.push(part.schema);
    }
  }
  if (step === undefined) return whole;
  return whole
    .flatMap((one) => schemaParts(document, one))
    .filter((part) => part.path[0] === step)
    .flatMap((part) => schemasAt(document, part.schema, rest));
}

function locatedMembers(value: unknown, pointer: string): readonly (readonly [string, Located])[] {
  return objectMembers(value).map(([key, member]) => [
    key,
    { pointer: appendPointer(pointer, key), value: member },
  ]);
}

/** The parts of a schema that are about the same value and certainly apply to it, unless it is null. */
function sameValueParts({ value, pointer }: Located): readonly Located[] {
  const parts = (key: string): readonly Located[] => {
    const list: readonly unknown[] = Array.isArray(value[key]) ? value[key] : [];
    return list.flatMap((part, index) =>
      isJsonObject(part) ? [{ pointer: appendPointer(pointer, key, index), value: part }] : [],
    );
  };
  const oneBranch = (key: string): readonly Located[] => {
    const branches = parts(key).filter(({ value: branch }) => branch["type"] !== "null");
    return branches.length === 1 ? branches : [];
  };
  return [...parts("allOf"), ...oneBranch("anyOf"), ...oneBranch("oneOf")];
}
