import { isJsonObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

const refPrefix = "#/components/schemas/";

/** A schema without the extensions, and with its references pointing to `$defs`; what it refers to is added to `names`. */
function localSchema(schema: Json, names: Set<string>): Json {
  if (Array.isArray(schema)) return schema.map((item) => localSchema(item, names));
  if (!isJsonObject(schema)) return schema;
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith("x-")) continue;
    if (key === "$ref" && typeof value === "string" && value.startsWith(refPrefix)) {
      const name = value.slice(refPrefix.length);
      names.add(name);
      entries.push([key, `#/$defs/${name}`]);
    } else {
      entries.push([key, key === "examples" ? value : localSchema(value, names)]);
    }
  }
  return Object.fromEntries(entries);
}

/** A schema of the document as one that stands alone: JSON Schema 2020-12, with all that it refers to in `$defs`. */
export function standaloneSchema(
  schema: JsonObject,
  components: Readonly<Record<string, Json>>,
): JsonObject {
  const names = new Set<string>();
  const root = localSchema(schema, names);
  const defs: Record<string, Json> = {};
  // A set grows while it is walked: what a definition refers to comes in turn.
  for (const name of names) defs[name] = localSchema(components[name] ?? {}, names);
  if (!isJsonObject(root)) return {};
  return names.size === 0 ? root : { ...root, $defs: defs };
}
