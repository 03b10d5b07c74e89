import type { RuleBook, SchemaRegistry } from "@qontext/sync-log-document";
import { collectRules, createSchemaRegistry, DocumentError } from "@qontext/sync-log-document";
import type { SpecModel } from "./spec-model.ts";
import { oncePerModel } from "./spec-model.ts";

/** The rules of the document; if they cannot be read, why, as a sentence without a period. */
export const readRuleBook: (model: SpecModel) => RuleBook | string = oncePerModel(
  ({ document }) => {
    try {
      return collectRules(document);
    } catch (error) {
      return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    }
  },
);

/** The schemas of the document, ready to judge values; unknown keywords and formats are refused. */
export const readSpecSchemas: (model: SpecModel) => SchemaRegistry = oncePerModel(({ document }) =>
  createSchemaRegistry(document),
);

/** Why a schema does not compile, as a sentence without a period; undefined if it does. */
export function compileProblem(schemas: SchemaRegistry, pointer: string): string | undefined {
  try {
    schemas.compile(pointer);
    return undefined;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.problem.replace(/^the schema does not compile: |\.$/g, "");
  }
}
