import { jsonPointer } from "../json/json-pointer.ts";
import type { Specification } from "../spec/operation.ts";
import { subschemas } from "../spec/portable-schema.ts";
import { resolveReference } from "../spec/resolve-reference.ts";

/** A keyword of a schema that a response can exercise. */
export interface KeywordPlace {
  /** Where the schema stands in the document. */
  readonly pointer: string;
  readonly keyword: string;
}

const silent = new Set([
  "$ref",
  "title",
  "description",
  "examples",
  "example",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
  "xml",
  "externalDocs",
  "discriminator",
  "properties",
  "$defs",
  "nullable",
]);

/** Every asserting keyword in the schemas of the documented responses. */
export function schemaKeywords(specification: Specification): readonly KeywordPlace[] {
  const found: KeywordPlace[] = [];
  const visited = new Set<string>();
  const visit = (start: string): void => {
    const located = resolveReference(specification.document, start);
    if (located === undefined || visited.has(located.pointer)) return;
    visited.add(located.pointer);
    for (const keyword of Object.keys(located.value)) {
      if (!silent.has(keyword) && !keyword.startsWith("x-"))
        found.push({ pointer: located.pointer, keyword });
    }
    for (const { tokens, schema } of subschemas(located.value)) {
      if (typeof schema === "object") visit(`${located.pointer}${jsonPointer(tokens)}`);
    }
  };
  for (const response of specification.operations.flatMap((operation) => operation.responses)) {
    for (const { schemaPointer } of response.content)
      if (schemaPointer !== undefined) visit(schemaPointer);
  }
  return found;
}
