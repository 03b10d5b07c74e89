import {
  isJsonObject,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from "@qontext/sync-log-document";
import type { JsonObject, JsonSchema } from "@qontext/sync-log-document";
import { allowedTypes, jsonTypes } from "../json-types.ts";
import type { JsonType } from "../json-types.ts";

/** How {@link implyTypes} looks at schemas, and whom it tells. */
export interface ImplyOptions {
  /** What a reference leads to. */
  readonly resolve: (reference: string) => unknown;
  readonly onImplied: (schema: JsonObject, types: readonly JsonType[]) => void;
}

/** Keywords whose schemas are about the same value as the one they stand in: what that says counts for them. */
const inPlaceKeywords = new Set("allOf anyOf oneOf not if then else dependentSchemas".split(" "));

/**
 * Writes the type into schemas that say nothing of it but speak of properties, items, lengths or bounds, so that types and
 * validators mean the same. The schema is changed.
 */
export function implyTypes(schema: JsonSchema, options: ImplyOptions): void {
  const stack: (readonly [schema: unknown, isInPlace: boolean])[] = [[schema, false]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [value, isInPlace] = next;
    if (!isJsonObject(value)) continue;
    if (!isInPlace) implyType(value, options);
    for (const [keyword, member] of Object.entries(value)) {
      for (const child of schemasOf(keyword, member)) {
        stack.push([child, inPlaceKeywords.has(keyword)]);
      }
    }
  }
}

function implyType(schema: JsonObject, { resolve, onImplied }: ImplyOptions): void {
  if (schema["type"] !== undefined) return;
  if (!isAny(allowedTypes(schema, { resolve, implied: false }))) return;
  const types = allowedTypes(schema, { resolve, implied: true });
  if (isAny(types)) return;
  Object.assign(schema, { type: types.length === 1 ? types[0] : types });
  onImplied(schema, types);
}

function schemasOf(keyword: string, value: unknown): readonly unknown[] {
  if (schemaKeywords.has(keyword)) return [value];
  if (schemaListKeywords.has(keyword)) return Array.isArray(value) ? value : [];
  return schemaMapKeywords.has(keyword) && isJsonObject(value) ? Object.values(value) : [];
}

function isAny(types: readonly JsonType[]): boolean {
  return types.length === jsonTypes.length;
}
