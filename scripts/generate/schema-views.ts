import {
  appendPointer,
  canonicalPointer,
  childrenOf,
  isJsonObject,
  isLeftOut,
  reachedBy,
  schemaDialect,
} from "@qontext/sync-log-document";
import type {
  Direction,
  DocumentNode,
  JsonObject,
  OpenApiDocument,
} from "@qontext/sync-log-document";
import { pascalCase } from "./names.ts";
import type { NameRegistry } from "./names.ts";

/** A component schema as it is exported: as what is received, or as what is sent. */
export interface SchemaView {
  readonly name: string;
  readonly pointer: string;
  /** Undefined where it is the same in both. */
  readonly direction: Direction | undefined;
}

/** The component schemas by the names that they are exported under. */
export interface SchemaViews {
  /** In the order of the document. One that goes both ways, and not as the same, is there twice. */
  readonly views: readonly SchemaView[];
  /** The name of each schema as what is received, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
  /** Whether what a pointer leads to is another in requests than in responses. */
  readonly hasDirections: (pointer: string) => boolean;
  /**
   * Whether an enum is complete: only requests lead to it. An API may add a value and respond with it, but a client sends only
   * values that are in the document. A schema that nothing leads to counts as received.
   */
  readonly isClosed: (schema: JsonObject) => boolean;
}

/**
 * Names the component schemas. One with properties that are `readOnly` or `writeOnly`, itself or in what it refers to, has two
 * forms where it goes both ways: `Account` is received, and `AccountInRequest` is sent.
 */
export function nameSchemas(document: OpenApiDocument, registry: NameRegistry): SchemaViews {
  const { request, response } = reachedBy(document);
  const hasDirections = findDirections(document);
  const typeNames = new Map<string, string>();
  const schemas = document.at("#/components/schemas");
  const found = Object.entries(isJsonObject(schemas) ? schemas : {}).map(([key, schema]) => {
    const pointer = appendPointer("#/components/schemas", key);
    const name = registry.claim(pascalCase(key), pointer);
    typeNames.set(pointer, name);
    return { name, pointer, schema };
  });
  const views = found.flatMap(({ name, pointer, schema }): readonly SchemaView[] => {
    if (!isJsonObject(schema) || !hasDirections(pointer)) {
      return [{ name, pointer, direction: undefined }];
    }
    if (!request.has(schema)) return [{ name, pointer, direction: "response" }];
    if (!response.has(schema)) return [{ name, pointer, direction: "request" }];
    const sent = registry.claim(`${name}InRequest`, pointer);
    return [
      { name, pointer, direction: "response" },
      { name: sent, pointer, direction: "request" },
    ];
  });
  const isClosed = (schema: JsonObject): boolean => request.has(schema) && !response.has(schema);
  return { views, typeNames, hasDirections, isClosed };
}

/** Finds what has a property that is left out in one of the directions, or leads to one. */
function findDirections(document: OpenApiDocument): (pointer: string) => boolean {
  const dialect = schemaDialect(document);
  const isMarked = ({ value }: DocumentNode): boolean =>
    (["request", "response"] as const).some((direction) =>
      isLeftOut(value, { dialect, direction, at: (reference) => document.at(reference) }),
    );
  const seen = new Set<string>();
  const found = new Set<string>();
  const referrers = new Map<string, string[]>();
  /** Walks what is below a pointer, and below what that refers to; marks spread to what refers to them. */
  const look = (start: string): void => {
    const pending = [start];
    const marked: string[] = [];
    for (let pointer = pending.pop(); pointer !== undefined; pointer = pending.pop()) {
      const value = seen.has(pointer) ? undefined : document.at(pointer);
      seen.add(pointer);
      if (!isJsonObject(value)) continue;
      for (const node of schemasWithin({ kind: "schema", pointer, value, names: [] })) {
        const { $ref } = node.value;
        if (/\/properties\/[^/]+$/.test(node.pointer) && isMarked(node)) marked.push(pointer);
        if (typeof $ref !== "string") continue;
        const target = canonicalPointer($ref);
        referrers.set(target, [...(referrers.get(target) ?? []), pointer]);
        pending.push(target);
        if (found.has(target)) marked.push(pointer);
      }
    }
    for (let pointer = marked.pop(); pointer !== undefined; pointer = marked.pop()) {
      if (found.has(pointer)) continue;
      found.add(pointer);
      marked.push(...(referrers.get(pointer) ?? []));
    }
  };
  return (pointer) => {
    if (!seen.has(pointer)) look(pointer);
    return found.has(pointer);
  };
}

function schemasWithin(start: DocumentNode): readonly DocumentNode[] {
  const nodes = [start];
  // The loop goes on over what it adds.
  for (const node of nodes) nodes.push(...childrenOf(node).filter(({ kind }) => kind === "schema"));
  return nodes;
}
