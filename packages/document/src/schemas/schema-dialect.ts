import { DocumentError } from "../document-error.ts";
import type { OpenApiDocument } from "../open-document.ts";

/** The JSON Schema that a document's schemas are written in; all are compiled as 2020-12. */
export type SchemaDialect = "openapi-3.0" | "2020-12" | "2019-09" | "draft-07";

const dialects: ReadonlyMap<string, SchemaDialect> = new Map<string, SchemaDialect>([
  ["https://json-schema.org/draft/2020-12/schema", "2020-12"],
  ["https://spec.openapis.org/oas/3.1/dialect/base", "2020-12"],
  ["https://json-schema.org/draft/2019-09/schema", "2019-09"],
  ["http://json-schema.org/draft-07/schema", "draft-07"],
]);

/**
 * The dialect that a document declares by `jsonSchemaDialect`, or that its version implies.
 *
 * @throws DocumentError `document_unsupported` for one that is not known: its schemas would mean something else.
 */
export function schemaDialect(document: OpenApiDocument): SchemaDialect {
  if (document.version === "3.0") return "openapi-3.0";
  const declared = document.value["jsonSchemaDialect"];
  if (declared === undefined) return "2020-12";
  const dialect =
    typeof declared === "string" ? dialects.get(declared.replace(/#$/, "")) : undefined;
  if (dialect !== undefined) return dialect;
  const pointer = "#/jsonSchemaDialect";
  const problem = `the dialect ${JSON.stringify(declared)} is not one of: ${[...dialects.keys()].join(", ")}.`;
  throw new DocumentError("document_unsupported", problem, {
    pointer,
    place: document.locate(pointer),
  });
}
