import type { OpenApiDocument, Parameter } from "@qontext/sync-log-document";
import { readExamples, schemaAt } from "@qontext/sync-log-document";

/** Values that the document gives for a parameter, as they are sent, best first. */
export function parameterExamples(
  document: OpenApiDocument,
  { node, schemaPointer }: Parameter,
): readonly string[] {
  const schema = schemaPointer === undefined ? undefined : schemaAt(document, schemaPointer);
  const own = readExamples(document, node).map(({ value }) => value);
  const keywords = (schema && document.resolve(schema).target.value) ?? {};
  const { example, examples, default: byDefault, const: only, enum: allowed } = keywords;
  const values = [...own, example, ...asList(examples), byDefault, only, asList(allowed)[0]];
  return [...new Set(values.flatMap(parameterText))];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as a parameter carries it; lists in the simple style. Objects have too many styles to guess. */
function parameterText(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    const parts = value.flatMap(parameterText);
    return parts.length === value.length && parts.length > 0 ? [parts.join(",")] : [];
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [String(value)]
    : [];
}
