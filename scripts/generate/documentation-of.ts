import { appendPointer, describeValues, isJsonObject } from "@qontext/sync-log-document";
import type { DocumentNode, JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
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
  "x-assumption",
];

/**
 * The documentation of an object, in lines, that of an enum with a line for each value that is described. A reference is documented by what stands beside it, then by what it leads to; a
 * parameter by itself, then by its schema.
 */
export function documentationOf(document: OpenApiDocument, node: DocumentNode): readonly string[] {
  const { target } = document.resolve(node);
  const { schema } = target.value;
  const isParameter = target.kind === "parameter" || target.kind === "header";
  const pointer = appendPointer(target.pointer, "schema");
  const ofSchema =
    isParameter && isJsonObject(schema)
      ? document.resolve({ pointer, value: schema }).target.value
      : {};
  const values = [...describeValues(document, target)];
  return docLines(
    {
      ...pickDocumentation(ofSchema),
      ...pickDocumentation(target.value),
      ...pickDocumentation(node.value),
    },
    values.map(([name, text]) => `- \`${name}\`: ${text}`).join("\n"),
  );
}

function pickDocumentation(value: JsonObject): JsonObject {
  const entries = documentationKeys.map((key) => [key, value[key]] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
