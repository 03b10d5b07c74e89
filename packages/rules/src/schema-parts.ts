import type { JsonObject, Located } from "./document-reader.ts";
import { followReference, isJsonObject, joinPointer, objectMembers } from "./document-reader.ts";

/** Stands for every item of an array, or every member of an object, in the path of a {@link RuleSite}. */
export const eachMember: unique symbol = Symbol("each member");

/** One step from a value into it: a property, or each member. */
export type SiteStep = string | typeof eachMember;

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
export function schemaParts(document: JsonObject, schema: Located): readonly SchemaPart[] {
  const { node, pointer } = schema;
  // One step at a time: what stands beside a $ref counts too.
  const target = followReference(document, schema);
  const sameValue = [...(target === schema ? [] : [target]), ...sameValueParts(schema)];
  const properties = objectMembers(node["properties"], joinPointer(pointer, "properties"));
  const members = objectMembers(node, pointer).filter(
    ([key]) => key === "items" || key === "additionalProperties",
  );
  return [
    ...sameValue.map((part) => ({ schema: part, path: [] })),
    ...properties.map(([name, part]) => ({ schema: part, path: [name] })),
    ...members.map(([, part]): SchemaPart => ({ schema: part, path: [eachMember] })),
  ];
}

/** The parts of a schema that are about the same value and certainly apply to it, unless it is null. */
function sameValueParts({ node, pointer }: Located): readonly Located[] {
  const parts = (key: string): readonly Located[] => {
    const list = Array.isArray(node[key]) ? node[key] : [];
    return list.flatMap((part: unknown, index) =>
      isJsonObject(part)
        ? [{ node: part, pointer: joinPointer(joinPointer(pointer, key), index) }]
        : [],
    );
  };
  const oneBranch = (key: string): readonly Located[] => {
    const branches = parts(key).filter(({ node: branch }) => branch["type"] !== "null");
    return branches.length === 1 ? branches : [];
  };
  return [...parts("allOf"), ...oneBranch("anyOf"), ...oneBranch("oneOf")];
}
