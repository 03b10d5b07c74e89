import { canonicalPointer, childrenOf, componentsOf } from "@qontext/sync-log-document";
import type { DocumentNode, OpenApiDocument } from "@qontext/sync-log-document";
import type { Report } from "./problem.ts";

/** Reports every component schema that is itself, with nothing between: it describes nothing. */
export function checkEndlessSchemas(document: OpenApiDocument, report: Report): void {
  const schemas = componentsOf(document.root).filter(({ kind }) => kind === "schema");
  const references = new Map(schemas.map((node) => [node.pointer, referencesOf(node)]));
  for (const { pointer } of schemas) {
    if (!leadsTo(pointer, pointer, references)) continue;
    const message =
      "this schema is itself, with nothing between; no value can be checked against it.";
    report({ severity: "error", ruleId: "endless-schema", message, pointer });
  }
}

/** The references to schemas that a value of this one must be checked against as a whole. */
function referencesOf(start: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { $ref } = node.value;
    if (typeof $ref === "string") found.add(canonicalPointer($ref));
    const parts = childrenOf(node);
    stack.push(...parts.filter(({ pointer }) => /\/(?:allOf|anyOf|oneOf)\/\d+$/.test(pointer)));
  }
  return [...found];
}

function leadsTo(
  from: string,
  to: string,
  references: ReadonlyMap<string, readonly string[]>,
): boolean {
  const seen = new Set<string>();
  const stack = [...(references.get(from) ?? [])];
  for (let pointer = stack.pop(); pointer !== undefined; pointer = stack.pop()) {
    if (pointer === to) return true;
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    stack.push(...(references.get(pointer) ?? []));
  }
  return false;
}
