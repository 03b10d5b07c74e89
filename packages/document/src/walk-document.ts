import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";
import {
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from "./schemas/schema-keywords.ts";

/** The kinds of objects that OpenAPI 3.0 and 3.1 define (section 4.8), by their names there. */
export type NodeKind =
  | "document"
  | "info"
  | "contact"
  | "license"
  | "server"
  | "serverVariable"
  | "components"
  | "paths"
  | "pathItem"
  | "operation"
  | "externalDocs"
  | "parameter"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "responses"
  | "response"
  | "callback"
  | "example"
  | "link"
  | "header"
  | "tag"
  | "schema"
  | "discriminator"
  | "xml"
  | "securityScheme"
  | "oauthFlows"
  | "oauthFlow";

/** An object at its place in a document. */
export interface Located {
  /** JSON pointer that starts with `#`. */
  readonly pointer: string;
  readonly value: JsonObject;
}

/** An object that the specification defines, at its place. */
export interface DocumentNode extends Located {
  readonly kind: NodeKind;
  /** The names that lead here, without the words of the specification: `["Order", "status"]`. */
  readonly names: readonly string[];
}

type Child = readonly [shape: "one" | "list" | "map", kind: NodeKind];

const one = (kind: NodeKind): Child => ["one", kind];
const list = (kind: NodeKind): Child => ["list", kind];
const map = (kind: NodeKind): Child => ["map", kind];

const externalDocs = one("externalDocs");
const servers = list("server");
const examples = map("example");
const content = map("mediaType");
const headers = map("header");

/** In the order of OpenAPI 3.1, section 4.8.9. */
const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** An HTTP method that a path item has operations for, in lower case. */
export type HttpMethod = (typeof httpMethods)[number];

/** Whether a name is that of such a method, in lower case. */
export function isHttpMethod(name: string): name is HttpMethod {
  return httpMethods.some((method) => method === name);
}

/** Which members of an object are objects of the specification, and of which kind. */
const children: Readonly<Record<NodeKind, Readonly<Record<string, Child>>>> = {
  document: {
    info: one("info"),
    servers,
    paths: one("paths"),
    webhooks: map("pathItem"),
    components: one("components"),
    tags: list("tag"),
    externalDocs,
  },
  info: { contact: one("contact"), license: one("license") },
  contact: {},
  license: {},
  server: { variables: map("serverVariable") },
  serverVariable: {},
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples,
    requestBodies: map("requestBody"),
    headers,
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
  },
  paths: {},
  pathItem: {
    servers,
    parameters: list("parameter"),
    ...Object.fromEntries(httpMethods.map((method) => [method, one("operation")])),
  },
  operation: {
    externalDocs,
    servers,
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: one("responses"),
    callbacks: map("callback"),
  },
  externalDocs: {},
  parameter: { schema: one("schema"), examples, content },
  requestBody: { content },
  mediaType: { schema: one("schema"), examples, encoding: map("encoding") },
  encoding: { headers },
  responses: {},
  response: { headers, content, links: map("link") },
  callback: {},
  example: {},
  link: { server: one("server") },
  header: { schema: one("schema"), examples, content },
  tag: { externalDocs },
  schema: {
    discriminator: one("discriminator"),
    xml: one("xml"),
    externalDocs,
    ...Object.fromEntries([...schemaMapKeywords].map((keyword) => [keyword, map("schema")])),
    ...Object.fromEntries([...schemaListKeywords].map((keyword) => [keyword, list("schema")])),
    ...Object.fromEntries([...schemaKeywords].map((keyword) => [keyword, one("schema")])),
  },
  discriminator: {},
  xml: {},
  securityScheme: { flows: one("oauthFlows") },
  oauthFlows: {
    implicit: one("oauthFlow"),
    password: one("oauthFlow"),
    clientCredentials: one("oauthFlow"),
    authorizationCode: one("oauthFlow"),
  },
  oauthFlow: {},
};

/** The members of a kind of object that are maps, from names to objects of the specification. */
export const mapKeys: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(children).map(([kind, members]) => [
    kind,
    Object.keys(members).filter((key) => members[key]?.[0] === "map"),
  ]),
);

/** Objects whose members are all of one kind, under names that the author chose. */
const memberKinds: Partial<Readonly<Record<NodeKind, NodeKind>>> = {
  paths: "pathItem",
  callback: "pathItem",
  responses: "response",
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
  const found: DocumentNode[] = [];
  const memberKind = memberKinds[node.kind];
  if (memberKind !== undefined) {
    addNamed(found, node, node.pointer, memberKind, withoutExtensions(node.value));
    return found;
  }
  const known = children[node.kind];
  for (const key of Object.keys(node.value)) {
    const child = Object.hasOwn(known, key) ? known[key] : undefined;
    if (child === undefined) continue;
    const [shape, kind] = child;
    const value = node.value[key];
    const pointer = appendPointer(node.pointer, key);
    if (shape === "map") addNamed(found, node, pointer, kind, value);
    // A draft-4 `items` is a list where later drafts have a schema.
    else if (shape === "list" || Array.isArray(value)) addListed(found, node, pointer, kind, value);
    else if (isJsonObject(value)) {
      found.push({ kind, pointer, value, names: namesOfOne(node, key, kind, value) });
    }
  }
  return found;
}

/** The objects under `components`, in the order of the document; each has one name. */
export function componentsOf(document: DocumentNode): readonly DocumentNode[] {
  return childrenOf(document)
    .filter(({ kind }) => kind === "components")
    .flatMap(childrenOf);
}

/**
 * A node and every object of the specification below it, parents first. References are not followed. One that stands at several
 * places, as in a document that was dereferenced in memory, is met at the first.
 */
export function* walkDocument(start: DocumentNode): Generator<DocumentNode, void, undefined> {
  const stack: DocumentNode[] = [start];
  const seen = new Set<JsonObject>();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node.value)) continue;
    seen.add(node.value);
    yield node;
    stack.push(...childrenOf(node).toReversed());
  }
}

function withoutExtensions(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")));
}

function namesOfOne(
  { names }: DocumentNode,
  key: string,
  kind: NodeKind,
  value: JsonObject,
): readonly string[] {
  if (kind !== "operation") return extend(names, nameOfKey[key]);
  const { operationId } = value;
  return typeof operationId === "string" ? [operationId] : extend(names, key);
}

function addNamed(
  found: DocumentNode[],
  { names }: DocumentNode,
  pointer: string,
  kind: NodeKind,
  members: unknown,
): void {
  if (!isJsonObject(members)) return;
  for (const key of Object.keys(members)) {
    const value = members[key];
    if (!isJsonObject(value)) continue;
    const own = extend(names, kind === "mediaType" ? undefined : key);
    found.push({ kind, pointer: appendPointer(pointer, key), value, names: own });
  }
}

function addListed(
  found: DocumentNode[],
  { names }: DocumentNode,
  pointer: string,
  kind: NodeKind,
  members: unknown,
): void {
  if (!Array.isArray(members)) return;
  for (const [index, value] of members.entries()) {
    if (!isJsonObject(value)) continue;
    const name = kind === "parameter" ? value["name"] : undefined;
    const own = extend(names, typeof name === "string" ? name : undefined);
    found.push({ kind, pointer: appendPointer(pointer, index), value, names: own });
  }
}

function extend(names: readonly string[], name: string | undefined): readonly string[] {
  return name === undefined ? names : [...names, name];
}
