import type { Located, SiteStep } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject } from "@qontext/sync-log-document";
import type { SpecModel } from "./spec-model.ts";
import { resolve } from "./spec-model.ts";

/**
 * The schema of a property or of the items of a list, by its path from another schema: through `$ref` and `allOf`.
 *
 * @returns undefined if the schema does not name such a property; `"open"` if it says that any property may be there.
 */
export function readProperty(
  model: SpecModel,
  schema: Located,
  path: readonly SiteStep[],
): Located | "open" | undefined {
  const [name, ...rest] = path;
  const resolved = resolve(model, schema);
  if (resolved === undefined || name === undefined) return resolved;
  const { additionalProperties, allOf } = resolved.value;
  const tokens = typeof name === "symbol" ? ["items"] : ["properties", name];
  const property = tokens.reduce<unknown>(
    (value, token) => (isJsonObject(value) ? value[token] : undefined),
    resolved.value,
  );
  if (isJsonObject(property)) {
    const pointer = appendPointer(resolved.pointer, ...tokens);
    return readProperty(model, { value: property, pointer }, rest);
  }
  const parts: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
  for (const [index, part] of parts.entries()) {
    if (!isJsonObject(part)) continue;
    const pointer = appendPointer(resolved.pointer, "allOf", index);
    const found = readProperty(model, { value: part, pointer }, path);
    if (found !== undefined) return found;
  }
  const isOpen = additionalProperties === true || isJsonObject(additionalProperties);
  return isOpen ? "open" : undefined;
}

/** The enum of a property, if it has one. */
export function readEnum(
  model: SpecModel,
  schema: Located,
  path: readonly SiteStep[],
): readonly unknown[] | undefined {
  const property = readProperty(model, schema, path);
  if (property === undefined || property === "open") return undefined;
  const values = property.value["enum"];
  return Array.isArray(values) ? values : undefined;
}
