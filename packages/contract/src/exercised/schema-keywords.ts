import type { DocumentNode } from "@qontext/sync-log-document";
import { annotationKeywords, schemaAt } from "@qontext/sync-log-document";
import type { Specification } from "../specification.ts";
import { subschemas } from "./visit-schema.ts";

/** A keyword of a schema that a response can exercise. */
export interface KeywordPlace {
  /** Where the schema stands in the document. */
  readonly pointer: string;
  readonly keyword: string;
}

/** Keywords that only lead to other schemas, or only matter together with others. */
const structuralKeywords: ReadonlySet<string> = new Set([
  "$ref",
  "$defs",
  "definitions",
  "properties",
  "contentSchema",
  "nullable",
]);

function isAsserting(keyword: string): boolean {
  const isSilent = annotationKeywords.has(keyword) || structuralKeywords.has(keyword);
  return !isSilent && !keyword.startsWith("x-");
}

/** Every asserting keyword in the schemas of the documented responses. */
export function schemaKeywords({ document, operations }: Specification): readonly KeywordPlace[] {
  const found = new Map<string, readonly KeywordPlace[]>();
  const visit = (start: DocumentNode): void => {
    const { target, references } = document.resolve(start);
    // Beside a reference, OpenAPI 3.0 ignores every keyword.
    for (const owner of document.version === "3.0" ? [target] : [...references, target]) {
      const { pointer, value } = owner;
      if (found.has(pointer)) continue;
      const keywords = Object.keys(value).filter(isAsserting);
      found.set(
        pointer,
        keywords.map((keyword) => ({ pointer, keyword })),
      );
      for (const { schema } of subschemas(owner)) visit(schema);
    }
  };
  const contents = operations.flatMap(({ responses }) =>
    responses.flatMap(({ content }) => content),
  );
  for (const { schemaPointer } of contents) {
    const schema = schemaPointer === undefined ? undefined : schemaAt(document, schemaPointer);
    if (schema !== undefined) visit(schema);
  }
  return [...found.values()].flat();
}
