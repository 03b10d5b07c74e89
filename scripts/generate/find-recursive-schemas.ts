import { canonicalPointer, childrenOf, componentsOf } from "@qontext/sync-log-document";
import type { DocumentNode, JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import type { Report } from "./problem.ts";

/**
 * The component schemas, by their pointers, that contain themselves and are not plain objects: `Json`, say, which is a string
 * or a list of `Json`. TypeScript takes such a type only if it has a name of its own.
 *
 * A schema that is itself, with nothing between, describes nothing; that is reported as an error.
 */
export function findRecursiveSchemas(
  document: OpenApiDocument,
  report: Report,
): ReadonlySet<string> {
  const schemas = componentsOf(document.root).filter(({ kind }) => kind === "schema");
  const references = new Map(schemas.map((node) => [node.pointer, referencesOf(node, childrenOf)]));
  const identities = new Map(schemas.map((node) => [node.pointer, referencesOf(node, partsOf)]));
  const recursive = new Set<string>();
  for (const { pointer, value } of schemas) {
    if (leadsTo(pointer, pointer, identities)) {
      const message =
        "this schema is itself, with nothing between; no value can be checked against it.";
      report({ severity: "error", ruleId: "endless-schema", message, pointer });
    }
    if (!isPlainObject(value) && leadsTo(pointer, pointer, references)) recursive.add(pointer);
  }
  return recursive;
}

type Step = (node: DocumentNode) => readonly DocumentNode[];

/** The references within a schema, as far as the steps go. */
function referencesOf(start: DocumentNode, step: Step): readonly string[] {
  const found = new Set<string>();
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { $ref } = node.value;
    if (typeof $ref === "string") found.add(canonicalPointer($ref));
    stack.push(...step(node));
  }
  return [...found];
}

/** The schemas that a value of this one must be checked against as a whole. */
function partsOf(node: DocumentNode): readonly DocumentNode[] {
  return childrenOf(node).filter(({ pointer }) => /\/(?:allOf|anyOf|oneOf)\/\d+$/.test(pointer));
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

/** The members of an object type may be anything, the type itself included. */
function isPlainObject(schema: JsonObject): boolean {
  const isUnion = ["allOf", "anyOf", "oneOf", "$ref"].some((keyword) => keyword in schema);
  return schema["type"] === "object" && !isUnion && !("additionalProperties" in schema);
}
