import { isJsonObject } from "./document/json.ts";
import type { JsonObject } from "./document/json.ts";
import { resolveNode } from "./document/walk-document.ts";
import type { DocumentNode } from "./document/walk-document.ts";
import { docLines } from "./tsdoc.ts";

/** The members of an object that document it and have no say in its type. */
export const documentationKeys: readonly string[] = [
  "title",
  "summary",
  "description",
  "format",
  "default",
  "example",
  "examples",
  "deprecated",
];

/**
 * The documentation of an object, in lines. A reference is documented by what stands beside it, then by what it leads to; a
 * parameter by itself, then by its schema.
 */
export function documentationOf(document: JsonObject, node: DocumentNode): readonly string[] {
  const target = resolveNode(document, node) ?? node;
  const { schema } = target.value;
  const isParameter = target.kind === "parameter" || target.kind === "header";
  const ofSchema =
    isParameter && isJsonObject(schema)
      ? resolveNode(document, { ...node, kind: "schema", value: schema })
      : undefined;
  return docLines({
    ...pickDocumentation(ofSchema?.value ?? {}),
    ...pickDocumentation(target.value),
    ...pickDocumentation(node.value),
  });
}

function pickDocumentation(value: JsonObject): JsonObject {
  const entries = documentationKeys.map((key) => [key, value[key]] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
