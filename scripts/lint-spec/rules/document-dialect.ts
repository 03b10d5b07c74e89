import type { SpecRule } from "../spec-model.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** OpenAPI 3.1 with its JSON Schema dialect written down: tools that are not told take the schemas for draft 7. */
export const documentDialect: SpecRule = ({ document }) => {
  const version = document["openapi"];
  if (typeof version !== "string" || !version.startsWith("3.1.")) {
    return [{ pointer: "#/openapi", message: "the document must be OpenAPI 3.1" }];
  }
  if (document["jsonSchemaDialect"] === dialect) return [];
  return [{ pointer: "#/jsonSchemaDialect", message: `jsonSchemaDialect must be ${dialect}` }];
};
