import type { SpecRule } from "../spec-model.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** OpenAPI 3.1 with its JSON Schema dialect written down: tools that are not told take the schemas for draft 7. */
export const documentDialect: SpecRule = ({ document }) => {
  if (document.version !== "3.1") {
    return [{ pointer: "#/openapi", message: "the document must be OpenAPI 3.1" }];
  }
  if (document.value["jsonSchemaDialect"] === dialect) return [];
  return [{ pointer: "#/jsonSchemaDialect", message: `jsonSchemaDialect must be ${dialect}` }];
};
