import { isJsonObject, objectEntries, stringOf } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { joinPointer, valueAt } from "./json-pointer.ts";
import { schemaKeywords, schemaListKeywords, schemaMapKeywords } from "./schema-keywords.ts";

/** The kinds of objects of an OpenAPI document that the generator looks at. */
export type NodeKind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "response"
  | "header"
  | "mediaType"
  | "encoding"
  | "callback"
  | "schema";

/** An object of the document, and where it stands. */
export interface DocumentNode {
  readonly kind: NodeKind;
  readonly pointer: string;
  readonly value: JsonObject;
  /** The names that lead here, without the words of the specification: `["SyncLog", "status"]`. */
  readonly names: readonly string[];
}

type ChildKind = readonly ["one" | "list" | "map", NodeKind];

const oneSchema: ChildKind = ["one", "schema"];
const operation: ChildKind = ["one", "operation"];

/** Which members of an object are objects of the specification, and of which kind: OpenAPI 3.1, section 4.8. */
const childKinds: Readonly<Record<NodeKind, Readonly<Record<string, ChildKind>>>> = {
  document: {
    paths: ["map", "pathItem"],
    webhooks: ["map", "pathItem"],
    components: ["one", "components"],
  },
  components: {
    schemas: ["map", "schema"],
    responses: ["map", "response"],
    parameters: ["map", "parameter"],
    requestBodies: ["map", "requestBody"],
    headers: ["map", "header"],
    callbacks: ["map", "callback"],
    pathItems: ["map", "pathItem"],
  },
  pathItem: {
    parameters: ["list", "parameter"],
    get: operation,
    put: operation,
    post: operation,
    delete: operation,
    options: operation,
    head: operation,
    patch: operation,
    trace: operation,
  },
  operation: {
    parameters: ["list", "parameter"],
    requestBody: ["one", "requestBody"],
    responses: ["map", "response"],
    callbacks: ["map", "callback"],
  },
  parameter: { schema: oneSchema, content: ["map", "mediaType"] },
  header: { schema: oneSchema, content: ["map", "mediaType"] },
  requestBody: { content: ["map", "mediaType"] },
  response: { headers: ["map", "header"], content: ["map", "mediaType"] },
  mediaType: { schema: oneSchema, encoding: ["map", "encoding"] },
  encoding: { headers: ["map", "header"] },
  callback: {},
  schema: Object.fromEntries([
    ...[...schemaMapKeywords].map((keyword) => [keyword, ["map", "schema"]] as const),
    ...[...schemaListKeywords].map((keyword) => [keyword, ["list", "schema"]] as const),
    ...[...schemaKeywords].map((keyword) => [keyword, oneSchema] as const),
  ]),
};

/** What a name gets where the specification has a word instead of one. */
const nameOfKey: Readonly<Record<string, string>> = {
  items: "item",
  additionalProperties: "value",
  unevaluatedProperties: "value",
  requestBody: "body",
};

/** The objects of the specification directly below a node, in the order of the document. References are not followed. */
export function childrenOf(node: DocumentNode): readonly DocumentNode[] {
  const { kind, pointer, value, names } = node;
  if (kind === "callback") return namedChildren(node, "pathItem", value);
  return Object.entries(value).flatMap(([key, child]) => {
    const childKind = Object.hasOwn(childKinds[kind], key) ? childKinds[kind][key] : undefined;
    if (childKind === undefined) return [];
    const [shape, kindOfChild] = childKind;
    const parent = { ...node, pointer: joinPointer(pointer, key) };
    if (shape === "map") return namedChildren(parent, kindOfChild, child);
    // A draft-4 `items` is a list where later drafts have a schema.
    if (shape === "list" || Array.isArray(child)) return listedChildren(parent, kindOfChild, child);
    if (!isJsonObject(child)) return [];
    const nameHere = nameOfKey[key] ?? (kindOfChild === "operation" ? key : undefined);
    const givenName = kindOfChild === "operation" ? stringOf(child["operationId"]) : undefined;
    const here = givenName === undefined ? extend(names, nameHere) : [givenName];
    return [{ kind: kindOfChild, pointer: parent.pointer, value: child, names: here }];
  });
}

/** Every object of the specification in the document, each once, parents first. References are not followed. */
export function* walkDocument(
  start: DocumentNode | JsonObject,
): Generator<DocumentNode, void, undefined> {
  const stack: DocumentNode[] = [isNode(start) ? start : rootOf(start)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    stack.push(...childrenOf(node).toReversed());
  }
}

export function rootOf(document: JsonObject): DocumentNode {
  return { kind: "document", pointer: "#", value: document, names: [] };
}

/** Follows a node's `$ref`, and those behind it. `undefined` if one leads to nothing or they go in a circle. */
export function resolveNode(document: JsonObject, node: DocumentNode): DocumentNode | undefined {
  const seen = new Set<string>();
  let current = node;
  for (let { $ref } = current.value; typeof $ref === "string"; { $ref } = current.value) {
    const target = valueAt(document, $ref);
    if (seen.has($ref) || !isJsonObject(target)) return undefined;
    seen.add($ref);
    current = { ...node, pointer: $ref, value: target };
  }
  return current;
}

function namedChildren(
  parent: DocumentNode,
  kind: NodeKind,
  map: unknown,
): readonly DocumentNode[] {
  return objectEntries(map)
    .filter(([key]) => kind === "schema" || !key.startsWith("x-"))
    .map(([key, value]) => ({
      kind,
      pointer: joinPointer(parent.pointer, key),
      value,
      names: extend(parent.names, kind === "mediaType" ? undefined : key),
    }));
}

function listedChildren(
  parent: DocumentNode,
  kind: NodeKind,
  list: unknown,
): readonly DocumentNode[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) => {
    if (!isJsonObject(value)) return [];
    const name = kind === "parameter" ? stringOf(value["name"]) : undefined;
    const names = extend(parent.names, name);
    return [{ kind, pointer: joinPointer(parent.pointer, index), value, names }];
  });
}

function extend(names: readonly string[], name: string | undefined): readonly string[] {
  return name === undefined ? names : [...names, name];
}

function isNode(start: DocumentNode | JsonObject): start is DocumentNode {
  return "kind" in start && "pointer" in start && isJsonObject(start["value"]);
}
