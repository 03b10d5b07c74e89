import { isLeftOut, pointerTokens, schemaAt, schemaDialect } from "@qontext/sync-log-document";
import type { DocumentNode, OpenApiDocument } from "@qontext/sync-log-document";
import { documentationOf } from "../documentation-of.ts";
import { pascalCase, propertyKey } from "../names.ts";
import type { NameRegistry } from "../names.ts";
import type { NamedOperation } from "../name-operations.ts";
import type { SchemaViews } from "../schema-views.ts";
import { formatTsDoc } from "../tsdoc.ts";
import { emitOperationTypes } from "./operation-types.ts";
import type { TypeAt } from "./operation-types.ts";
import type { SchemaConverter } from "./schema-converter.ts";
import { schemaType } from "./schema-type.ts";
import type { SchemaTypeContext } from "./schema-type.ts";
import { unknownType } from "./type-text.ts";
import type { TypeText } from "./type-text.ts";

/** What types are made of. */
export interface TypesSource {
  readonly document: OpenApiDocument;
  readonly operations: readonly NamedOperation[];
  readonly schemas: SchemaViews;
  /** The converter that the validators are made with, so that both mean the same. */
  readonly converter: SchemaConverter;
  /** Names what has none in the document but is referred to. */
  readonly registry: NameRegistry;
}

/**
 * The types of a document: a name for each component schema, and `paths`, `webhooks`, `components` and `operations` in the shape
 * that openapi-typescript gives them, which openapi-fetch and others read.
 */
export function emitTypes(source: TypesSource): string {
  const { document, schemas, converter, registry } = source;
  const names = new Map<string, string>();
  for (const { name, pointer, direction } of schemas.views) {
    names.set(converter.keyOf(pointer, direction), name);
  }
  const unnamed: (readonly [name: string, reference: string])[] = [];
  const nameOf = (reference: string): string => {
    const { key, pointer } = converter.resolve(reference);
    const known = names.get(key);
    if (known !== undefined) return known;
    const words = pointerTokens(pointer).filter((token) => !specificationWords.has(token));
    const name = registry.claim(pascalCase(...words));
    names.set(key, name);
    unnamed.push([name, reference]);
    return name;
  };
  const context = createContext(source, nameOf);
  const typeAt: TypeAt = (pointer, direction) =>
    pointer === undefined
      ? unknownType
      : schemaType(converter.convertAt(pointer, direction), context);
  const exported = schemas.views.map(({ name, pointer, direction }) => {
    const schema = schemaAt(document, pointer);
    const doc = formatTsDoc(schema === undefined ? [] : documentationOf(document, schema));
    const { schema: converted } = converter.resolve(
      `#/$defs/${converter.keyOf(pointer, direction)}`,
    );
    return `${doc}export ${declarationOf(name, schemaType(converted, context))}`;
  });
  const byName = [...schemas.typeNames].map(
    ([pointer, name]) => `${propertyKey(pointerTokens(pointer).at(-1) ?? "")}: ${name};`,
  );
  const interfaces = emitOperationTypes(source, byName, typeAt);
  // The loop goes on over what it adds.
  const inner = [];
  for (const [name, reference] of unnamed) {
    inner.push(declarationOf(name, schemaType(converter.resolve(reference).schema, context)));
  }
  return [interfaces, ...exported, ...inner].join("\n");
}

/** An object is an interface, which editors call by its name wherever it is used. */
function declarationOf(name: string, { text, joint }: TypeText): string {
  const isObject = joint === undefined && text.startsWith("{") && text.endsWith("}");
  return isObject ? `interface ${name} ${text}\n` : `type ${name} = ${text};\n`;
}

/** What pointers have between the names. */
const specificationWords = new Set(["components", "schemas", "properties", "$defs", "definitions"]);

function createContext(
  { document, schemas, converter }: TypesSource,
  nameOf: (reference: string) => string,
): SchemaTypeContext {
  const dialect = schemaDialect(document);
  const at = (reference: string): unknown => document.at(reference);
  return {
    nameOf,
    resolve: (reference) => converter.resolve(reference).schema,
    docsOf: (property) => {
      const source = converter.sourceOf(property);
      if (source === undefined) return [];
      const node: DocumentNode = { ...source, kind: "schema", names: [] };
      return documentationOf(document, node);
    },
    isLeftOut: (property) => {
      const source = converter.sourceOf(property);
      return source !== undefined && isLeftOut(source.value, { ...source, dialect, at });
    },
    isOpen: (schema) => {
      const source = converter.sourceOf(schema);
      return source === undefined || !schemas.isClosed(source.value);
    },
  };
}
