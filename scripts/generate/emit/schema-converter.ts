import { canonicalPointer, schemaDialect, toJsonSchema } from "@qontext/sync-log-document";
import type { Direction, JsonSchema, Located, OpenApiDocument } from "@qontext/sync-log-document";
import { implyTypes } from "./imply-types.ts";
import type { Report } from "../problem.ts";

/** Converts schemas of a document to JSON Schema 2020-12, and the schemas that they refer to. */
export interface SchemaConverter {
  /** The key in `$defs` of the schema at a pointer. */
  readonly keyOf: (pointer: string, direction?: Direction) => string;
  /** The schema at a pointer itself; each `$ref` in it is `#/$defs/…`. */
  readonly convertAt: (pointer: string, direction?: Direction) => JsonSchema;
  /** Everything that was referred to, or that has a key. */
  readonly defs: () => Readonly<Record<string, JsonSchema>>;
  /** What a `$ref` of a converted schema leads to. */
  readonly resolve: (reference: string) => SchemaDefinition;
  /** Where in the document a converted schema comes from; undefined for a boolean. */
  readonly sourceOf: (schema: JsonSchema) => SchemaSource | undefined;
}

/** A schema of the document, as what goes in a direction. */
export interface SchemaSource extends Located {
  readonly direction: Direction | undefined;
}

/** An entry of `$defs`. */
export interface SchemaDefinition {
  readonly key: string;
  readonly pointer: string;
  readonly direction: Direction | undefined;
  readonly schema: JsonSchema;
}

/** How a {@link SchemaConverter} converts. */
export interface ConverterOptions {
  /** Names the schema at a pointer; each name has to be another. */
  readonly nameOf: (pointer: string) => string;
  /** Annotations that stay. @default none */
  readonly annotations?: ReadonlySet<string>;
  /** Whether a schema is another one in requests than in responses. @default every one is, where the direction is known */
  readonly hasDirections?: (pointer: string) => boolean;
  /** Is told what is left out, because it cannot be checked, and where a type is implied. */
  readonly report: Report;
}

/** Creates a converter that gathers the definitions. */
export function createSchemaConverter(
  document: OpenApiDocument,
  { nameOf, annotations, hasDirections = () => true, report }: ConverterOptions,
): SchemaConverter {
  const definitions = new Map<string, SchemaDefinition>();
  const sources = new WeakMap<object, SchemaSource>();
  const byReference = new Map<string, SchemaDefinition>();
  const dialect = schemaDialect(document);
  const reported = new Set<string>();
  const reportOnce = (ruleId: string, message: string, pointer: string): void => {
    const said = `${ruleId} ${pointer}`;
    // A schema may be converted for each direction.
    if (!reported.has(said)) report({ severity: "warning", ruleId, message, pointer });
    reported.add(said);
  };

  const define = (reference: string, wanted: Direction | undefined): SchemaDefinition => {
    const pointer = canonicalPointer(reference);
    const direction = hasDirections(pointer) ? wanted : undefined;
    const id = `${direction ?? ""}${pointer}`;
    const known = definitions.get(id);
    if (known !== undefined) return known;
    const key = nameOf(pointer);
    let schema: JsonSchema | undefined;
    const definition = {
      key,
      pointer,
      direction,
      // Converted when it is asked for: schemas refer to each other in circles.
      get schema(): JsonSchema {
        if (schema !== undefined) return schema;
        const [converted, imply] = convert(pointer, direction);
        schema = converted;
        // After it is known: what it refers to may refer to it.
        imply();
        return schema;
      },
    };
    definitions.set(id, definition);
    byReference.set(`#/$defs/${key}`, definition);
    return definition;
  };
  const resolve = (reference: string): SchemaDefinition => {
    const definition = byReference.get(reference);
    if (definition === undefined) throw new TypeError(`${reference} was not converted.`);
    return definition;
  };
  const convert = (pointer: string, direction: Direction | undefined) => {
    const converted = toJsonSchema(document.at(pointer), pointer, {
      dialect,
      direction,
      at: (reference) => document.at(reference),
      keptAnnotations: annotations,
      rename: (reference) => `#/$defs/${define(reference, direction).key}`,
      note: ({ kind, message, pointer: place }) => {
        reportOnce(kind === "scope" ? "keyword" : kind, message, place);
      },
      trace: (made, source) => sources.set(made, { ...source, direction }),
    });
    const imply = (): void => {
      implyTypes(converted, {
        resolve: (reference) => resolve(reference).schema,
        onImplied: (schema, types) => {
          const message = `nothing is said of the type, and what is said is of ${types.join(" and ")}: no other value is taken.`;
          reportOnce("implied-type", message, sources.get(schema)?.pointer ?? pointer);
        },
      });
    };
    return [converted, imply] as const;
  };
  return {
    keyOf: (pointer, direction) => define(pointer, direction).key,
    convertAt: (pointer, direction) => {
      const [converted, imply] = convert(pointer, direction);
      imply();
      return converted;
    },
    resolve,
    sourceOf: (schema) => (typeof schema === "boolean" ? undefined : sources.get(schema)),
    defs: () => {
      const $defs: Record<string, JsonSchema> = {};
      // A map grows while it is iterated: what a definition refers to comes in turn.
      for (const { key, schema } of definitions.values()) $defs[key] = schema;
      return $defs;
    },
  };
}
