import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import type { OpenApiDocument } from "./open-document.ts";
import type { DocumentNode } from "./walk-document.ts";
import { childrenOf } from "./walk-document.ts";

/** Which way a value goes, seen from a client of the API: it sends requests and receives responses. */
export type Direction = "request" | "response";

const opposite = { request: "response", response: "request" } as const;

/**
 * For each direction the objects of the document that describe what goes that way, references and discriminator mappings
 * followed. In webhooks and callbacks the API sends the request, so the directions change places; in the callbacks of a webhook
 * they change twice.
 *
 * @throws DocumentError as `OpenApiDocument.resolve` does
 */
export function reachedBy(
  document: OpenApiDocument,
): Readonly<Record<Direction, ReadonlySet<JsonObject>>> {
  const starts: Record<Direction, DocumentNode[]> = { request: [], response: [] };
  const collect = (item: DocumentNode, requests: Direction): void => {
    const { target } = document.resolve(item);
    for (const node of childrenOf(target)) {
      if (node.kind === "operation" || node.kind === "callback") {
        collect(node, node.kind === "callback" ? opposite[requests] : requests);
      } else if (node.kind === "pathItem") collect(node, requests);
      else if (node.kind === "responses") starts[opposite[requests]].push(node);
      else starts[requests].push(node);
    }
  };
  for (const node of childrenOf(document.root)) {
    if (node.kind === "paths") collect(node, "request");
    if (node.kind === "pathItem") collect(node, "response");
  }
  return {
    request: reach(document, starts.request),
    response: reach(document, starts.response),
  };
}

function reach(
  document: OpenApiDocument,
  starts: readonly DocumentNode[],
): ReadonlySet<JsonObject> {
  const reached = new Set<JsonObject>();
  const stack = [...starts];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (reached.has(node.value)) continue;
    reached.add(node.value);
    // Neither describes a value, and either may refer to nothing.
    const described = childrenOf(node).filter(({ kind }) => kind !== "example" && kind !== "link");
    stack.push(...described, ...mappedSchemas(node));
    const { references, target } = document.resolve(node);
    stack.push(...references, target);
  }
  return reached;
}

/** A mapping names a component, or refers to a schema (OpenAPI 3.1, section 4.8.25). */
function mappedSchemas({ kind, pointer, value, names }: DocumentNode): readonly DocumentNode[] {
  const mapping = kind === "discriminator" ? value["mapping"] : undefined;
  return Object.values(isJsonObject(mapping) ? mapping : {})
    .filter((target) => typeof target === "string")
    .map((target) => {
      const isName = /^[\w.-]+$/.test(target);
      const $ref = isName ? appendPointer("#/components/schemas", target) : target;
      return { kind: "schema", pointer, value: { $ref }, names };
    });
}
