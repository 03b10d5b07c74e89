import { canonicalPointer, schemaDialect, toJsonSchema } from "@qontext/sync-log-document";
import type { JsonSchema, OpenApiDocument } from "@qontext/sync-log-document";
import type { Report } from "../problem.ts";

/** Converts schemas of a document to JSON Schema 2020-12, and the schemas that they refer to. */
export interface SchemaConverter {
  /** The key in `$defs` of the schema at a pointer. */
  readonly keyOf: (pointer: string) => string;
  /** The schema at a pointer itself; each `$ref` in it is `#/$defs/…`. */
  readonly convertAt: (pointer: string) => JsonSchema;
  /** Everything that was referred to, or that has a key. */
  readonly defs: () => Readonly<Record<string, JsonSchema>>;
}

/** How a {@link SchemaConverter} converts. */
export interface ConverterOptions {
  /** Names the schema at a pointer; each name has to be another. */
  readonly nameOf: (pointer: string) => string;
  /** Annotations that stay. @default none */
  readonly annotations?: ReadonlySet<string>;
  /** Is told what is left out, because it cannot be checked. */
  readonly report: Report;
}

/** Creates a converter that gathers the definitions. */
export function createSchemaConverter(
  document: OpenApiDocument,
  { nameOf, annotations, report }: ConverterOptions,
): SchemaConverter {
  const keys = new Map<string, string>();
  const keyOf = (reference: string): string => {
    const pointer = canonicalPointer(reference);
    const key = keys.get(pointer) ?? nameOf(pointer);
    keys.set(pointer, key);
    return key;
  };
  const dialect = schemaDialect(document);
  const convertAt = (pointer: string): JsonSchema =>
    toJsonSchema(document.at(pointer), pointer, {
      dialect,
      keptAnnotations: annotations,
      rename: (reference) => `#/$defs/${keyOf(reference)}`,
      note: ({ kind, message, pointer: place }) => {
        const ruleId = kind === "scope" ? "keyword" : kind;
        report({ severity: "warning", ruleId, message, pointer: place });
      },
    });
  return {
    keyOf,
    convertAt,
    defs: () => {
      const $defs: Record<string, JsonSchema> = {};
      // A map grows while it is iterated: what a definition refers to comes in turn.
      for (const [pointer, key] of keys) $defs[key] = convertAt(pointer);
      return $defs;
    },
  };
}
