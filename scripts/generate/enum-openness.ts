import { isJsonObject } from "./document/json.ts";
import type { JsonObject } from "./document/json.ts";
import { childrenOf, resolveNode, rootOf, walkDocument } from "./document/walk-document.ts";
import type { DocumentNode } from "./document/walk-document.ts";

/**
 * The schemas whose enums stay closed, as objects of the document: those that only requests lead to. An API may learn a new
 * value and answer with it, while nobody can send a value that was not in the document.
 *
 * What a caller receives are responses, and the requests of callbacks and webhooks. A schema that nothing leads to counts as
 * received.
 */
export function findClosedSchemas(document: JsonObject): ReadonlySet<JsonObject> {
  const received: DocumentNode[] = [];
  const sent: DocumentNode[] = [];
  for (const node of walkDocument(document)) {
    if (node.kind !== "operation") continue;
    const isInbound = /^#\/webhooks\/|\/callbacks\//.test(node.pointer);
    for (const child of childrenOf(node)) {
      if (child.kind === "pathItem" || child.kind === "callback") continue;
      const isResponse = child.kind === "response";
      (isResponse === isInbound ? sent : received).push(child);
    }
  }
  for (const pathItem of childrenOf(rootOf(document)).filter(({ kind }) => kind === "pathItem")) {
    sent.push(...childrenOf(pathItem).filter(({ kind }) => kind === "parameter"));
  }
  const fromResponses = reach(document, received);
  const fromRequests = reach(document, sent);
  return new Set([...fromRequests].filter((schema) => !fromResponses.has(schema)));
}

/** Every object that these lead to, references and discriminator mappings included. */
function reach(document: JsonObject, starts: readonly DocumentNode[]): ReadonlySet<JsonObject> {
  const reached = new Set<JsonObject>();
  const stack = [...starts];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (reached.has(node.value)) continue;
    reached.add(node.value);
    stack.push(...childrenOf(node), ...mappedSchemas(node));
    const target = resolveNode(document, node);
    if (target !== undefined) stack.push(target);
  }
  return reached;
}

function mappedSchemas(node: DocumentNode): readonly DocumentNode[] {
  const { discriminator } = node.value;
  const mapping = isJsonObject(discriminator) ? discriminator["mapping"] : undefined;
  if (!isJsonObject(mapping)) return [];
  return Object.values(mapping)
    .filter((target) => typeof target === "string")
    .map((target) => (target.startsWith("#/") ? target : `#/components/schemas/${target}`))
    .map(($ref) => ({ ...node, kind: "schema", value: { $ref } }));
}
