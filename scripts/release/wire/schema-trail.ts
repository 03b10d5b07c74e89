import { pointerTokens, schemaListKeywords, schemaMapKeywords } from "@qontext/sync-log-document";

/** One step from a schema into one of its subschemas. */
export interface SchemaStep {
  /** The keyword that holds the subschema: `properties`, `items`, `oneOf` … */
  readonly keyword: string;
  /** The property name, pattern or index, where the keyword holds many; absent for the keyword's whole value. */
  readonly name?: string;
}

const holdsMany: ReadonlySet<string> = new Set([
  ...schemaMapKeywords,
  ...schemaListKeywords,
  "dependentRequired",
]);

/** The index of the segment at which the schema begins; undefined for a pointer outside of schemas. */
function schemaStart(segments: readonly string[]): number | undefined {
  if (segments[0] === "components" && segments[1] === "schemas") return 3;
  const index = segments.indexOf("schema", 2);
  return index === -1 ? undefined : index + 1;
}

/** The steps from the outermost schema to what a pointer points at; undefined outside of schemas. */
export function schemaTrail(pointer: string): readonly SchemaStep[] | undefined {
  const segments = pointerTokens(pointer);
  const start = schemaStart(segments);
  if (start === undefined) return undefined;
  const steps: SchemaStep[] = [];
  for (let index = start; index < segments.length; index += 1) {
    const keyword = segments[index] ?? "";
    if (keyword === "$ref") continue;
    const name = holdsMany.has(keyword) ? segments[index + 1] : undefined;
    steps.push(name === undefined ? { keyword } : { keyword, name });
    if (name !== undefined) index += 1;
  }
  return steps;
}
