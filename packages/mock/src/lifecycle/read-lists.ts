import type {
  Credential,
  JsonObject,
  OpenApiDocument,
  Operation,
  RuleBook,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  findCollections,
  jsonContent,
  schemaAt,
  schemasAt,
  successResponses,
} from "@qontext/sync-log-document";
import { credentialsOf } from "../http/access.ts";
import type { ErrorBodies } from "./error-bodies.ts";
import { readErrorBodies } from "./error-bodies.ts";
import type { ListBody } from "./list-body.ts";
import { readListBody } from "./list-body.ts";

/** An operation that is answered from the state of the mock: what guards it, and how it refuses. */
export interface MockedOperation {
  readonly operation: Operation;
  readonly credentials: readonly Credential[];
  readonly errors: ErrorBodies;
}

/** An operation that lists a resource. */
export interface MockedList extends MockedOperation {
  /** The most items that an answer may have. */
  readonly maxItems: number;
  readonly bodyOf: ListBody;
}

/** The lists of a resource. */
export interface Lists {
  /** Those whose bodies can be made. */
  readonly lists: readonly MockedList[];
  /** What is answered by an example in place of the state, in sentences. */
  readonly notes: readonly string[];
}

/** What the lists of a resource are read from. */
export interface ListSources {
  readonly document: OpenApiDocument;
  readonly resource: Operation;
  /** Bodies of the resource that obey its schema. */
  readonly examples: readonly JsonObject[];
  readonly rules: RuleBook;
  readonly schemas: SchemaRegistry;
  /** Those of the resource. */
  readonly errors: ErrorBodies;
}

/** Finds the lists of a resource, and how their bodies are made. */
export function readLists({
  document,
  resource,
  examples,
  rules,
  schemas,
  errors,
}: ListSources): Lists {
  const collections = findCollections(document, rules).filter(({ item }) => item === resource);
  const read = collections.map(({ list: operation, listPath }) => {
    const bounds = readBounds(document, operation, listPath);
    const fewest = Array.from(
      { length: bounds.minItems },
      (_, at) => examples[at % examples.length],
    );
    const bodyOf = readListBody(document, operation, listPath, schemas, fewest);
    return { operation, ...bounds, bodyOf };
  });
  return {
    lists: read.flatMap(({ operation, maxItems, bodyOf }) => {
      if (bodyOf === undefined) return [];
      return {
        operation,
        credentials: credentialsOf(operation),
        errors: readErrorBodies(document, operation, rules, schemas, errors),
        maxItems,
        bodyOf,
      };
    }),
    notes: read.flatMap(({ operation: { id }, minItems, bodyOf }) => {
      if (bodyOf === undefined) {
        return `${id} is answered by its example, in which nothing changes: no body around a list can be made that obeys its schema.`;
      }
      return minItems === 0
        ? []
        : `${id} is answered by its example while there are fewer than ${minItems} to list, which its schema forbids.`;
    }),
  };
}

/** How many items the schema of a list allows. */
function readBounds(
  document: OpenApiDocument,
  operation: Operation,
  listPath: readonly string[],
): { readonly minItems: number; readonly maxItems: number } {
  const [success] = successResponses(operation);
  const root = schemaAt(document, (success && jsonContent(success)?.schemaPointer) ?? "");
  const parts = root === undefined ? [] : schemasAt(document, root, listPath);
  const boundsOf = (keyword: string): readonly number[] =>
    parts.flatMap(({ value }) => (typeof value[keyword] === "number" ? value[keyword] : []));
  return {
    minItems: Math.max(0, ...boundsOf("minItems")),
    maxItems: Math.min(Infinity, ...boundsOf("maxItems")),
  };
}
